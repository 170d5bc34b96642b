//! Reading a project file, whole or damaged, ours or touched by others.

use super::article::{self, Texts};
use super::sheet::{self, Context, Parts};
use super::{FORMAT, VERSION, scheme};
use crate::formats::fields::{Kept, Object, Reader, clip};
use crate::formats::json::{Document, Json, Kind};
use crate::formats::{Place, Reading, Severity};
use crate::limits;
use crate::model::{AnnotatorCode, Article, LabelScheme};
use std::fmt;
use std::rc::Rc;

/// Why a file can't be read at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// Nothing that could be used comes before the first place that is no JSON.
    NotJson {
        /// Where.
        place: Place,
        /// What was expected there.
        expected: &'static str,
        /// What the file looks like.
        looks_like: &'static str,
    },
    /// It is JSON but says nowhere that it is a project file; what it looks like.
    NotThisFormat(String),
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotJson { place, expected, looks_like } => {
                write!(f, "this is no project file but looks like {looks_like} ({place}: expected {expected})")
            }
            Self::NotThisFormat(looks_like) => {
                write!(f, "this is no project file: expected a field “format” with “{FORMAT}”, found {looks_like}")
            }
        }
    }
}

impl std::error::Error for ReadError {}

/// Reads a project file. Where it is damaged, what stands before the damage is read.
pub fn read(source: &str) -> Result<Reading, ReadError> {
    read_along(source, &|_| {})
}

/// The same; `progress` hears now and then how much of the file has been read, from 0 to 1.
pub fn read_along(source: &str, progress: &dyn Fn(f64)) -> Result<Reading, ReadError> {
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    let document = Document::parse(source);
    let not_json = || {
        let (at, expected) = document.damage().map_or((0, "an object"), |damage| (damage.at, damage.expected));
        ReadError::NotJson { place: document.place(at), expected, looks_like: looks_like(source) }
    };
    let root = document.root().ok_or_else(not_json)?;
    if let Some(found) = foreign(root) {
        return Err(if document.damage().is_some() { not_json() } else { ReadError::NotThisFormat(found) });
    }
    let mut reader = Reader::new(&document, progress);
    if let Some(damage) = document.damage() {
        let message = format_args!(
            "the file is cut off or damaged here: expected {}; what stands before was read, and nothing after it",
            damage.expected,
        );
        reader.report_byte(Severity::Error, damage.at, message);
    }
    let Some(top) = reader.object(root, "file", "nothing was read") else {
        return Err(not_json());
    };
    Ok(read_top(reader, top))
}

fn read_top<'d>(mut reader: Reader<'d>, mut top: Object<'d>) -> Reading {
    top.take("format");
    check_version(&mut reader, &mut top);
    // About the export, not about what is in it: written anew each time.
    for name in ["generator", "exported", "units"] {
        top.take(name);
    }
    let scheme = match top.take("scheme") {
        Some(at) => scheme::read(&mut reader, at),
        None => {
            reader.missing(&top, "scheme", "the labels of the annotations could not be checked");
            None
        }
    };
    let mut extra = Kept::default();
    let annotators = annotators(&mut reader, &mut top, &mut extra);
    let articles = articles(&mut reader, &mut top);
    let parts = sheets(&mut reader, &mut top, &articles, scheme.as_ref(), &annotators);
    extra.put_list("sheets", &parts.extra);
    let mut rest = reader.rest(top);
    rest.append(&extra);
    reader.counts.kept = reader.counts.read - reader.counts.set_aside;
    let sheets = parts.sheets.into_iter().map(|(key, part)| (key, part.annotations)).collect();
    let (counts, extra) = (reader.counts, rest.extra());
    Reading { articles, scheme, annotators, sheets, extra, issues: reader.into_issues(), counts }
}

fn check_version<'d>(reader: &mut Reader<'d>, top: &mut Object<'d>) {
    let Some(value) = top.take("version") else {
        return reader.missing(top, "version", "read as version 1");
    };
    match value.integer() {
        Some(1..=VERSION) => {}
        Some(0) | None => reader.wrong(top, "version", value, "a number from 1", "read as version 1"),
        Some(newer) => {
            let message = format_args!(
                "the file is of version {newer}, this program knows version {VERSION}; what it knows was read, and what it \
                 does not know was kept"
            );
            reader.report(Severity::Note, value, message);
        }
    }
}

fn annotators<'d>(reader: &mut Reader<'d>, top: &mut Object<'d>, extra: &mut Kept) -> Vec<AnnotatorCode> {
    let mut codes = Vec::new();
    let mut kept = Vec::new();
    for at in reader.list(top, "annotators", limits::LIST, "read as if there were none").unwrap_or_default() {
        let Some(mut object) = reader.object(at, "annotator", "left out").filter(|object| object.at.is_whole()) else {
            continue;
        };
        let Some(code) = reader.required(&mut object, "code", "the annotator was left out") else {
            continue;
        };
        let Some(code) = AnnotatorCode::parse(code).filter(|code| !codes.contains(code)) else {
            let message = format_args!("annotator: “{}” is no code, or is there twice; left out", clip(code));
            reader.report(Severity::Warning, at, message);
            continue;
        };
        let rest = reader.rest(object);
        if !rest.is_empty() {
            let mut keyed = Kept::default();
            keyed.put_text("code", code.as_str());
            keyed.append(&rest);
            kept.push(keyed.object());
        }
        codes.push(code);
    }
    extra.put_list("annotators", &kept);
    codes
}

fn articles<'d>(reader: &mut Reader<'d>, top: &mut Object<'d>) -> Vec<Rc<Article>> {
    let Some(items) = top_list(reader, top, "articles", limits::ARTICLES) else {
        return Vec::new();
    };
    let mut articles: Vec<Rc<Article>> = Vec::new();
    let mut texts = Texts::new();
    for at in items {
        let Some(article) = article::read(reader, at, &mut texts) else {
            continue;
        };
        if articles.iter().any(|known| known.id == article.id) {
            let message =
                format_args!("article “{}”: another one before it has the same id; it was set aside", article.id);
            reader.report(Severity::Error, at, message);
        } else {
            articles.push(Rc::new(article));
        }
    }
    articles
}

fn sheets<'d>(
    reader: &mut Reader<'d>,
    top: &mut Object<'d>,
    articles: &[Rc<Article>],
    scheme: Option<&LabelScheme>,
    annotators: &[AnnotatorCode],
) -> Parts {
    let context = Context { articles, scheme, annotators };
    let mut parts = Parts::default();
    for at in top_list(reader, top, "sheets", limits::SHEETS).unwrap_or_default() {
        sheet::read(reader, at, &context, &mut parts);
    }
    parts.check_links(reader);
    parts
}

fn top_list<'d>(reader: &mut Reader<'d>, top: &mut Object<'d>, name: &str, limit: usize) -> Option<Vec<Json<'d>>> {
    if !top.has(name) {
        reader.missing(top, name, "read as if there were none");
    }
    reader.list(top, name, limit, "read as if there were none")
}

/// What a value looks like that is no project file; `None` for one.
fn foreign(root: Json<'_>) -> Option<String> {
    if root.kind() != Kind::Object {
        return Some(root.kind().words().to_owned());
    }
    // The last of repeated fields counts, here as everywhere.
    match root.fields().filter(|(key, _)| name(*key) == "format").last() {
        Some((_, value)) => match value.text() {
            Some((format, _)) if format == FORMAT => None,
            Some((format, _)) => Some(format!("“{}” there", clip(format))),
            None => Some(format!("{} there", value.kind().words())),
        },
        None => {
            let names: Vec<_> = root.fields().take(5).map(|(key, _)| format!("“{}”", clip(name(key)))).collect();
            Some(if names.is_empty() {
                "an object without fields".into()
            } else {
                format!("an object with the fields {}", names.join(", "))
            })
        }
    }
}

fn name(key: Json<'_>) -> &str {
    key.text().unwrap_or_default().0
}

/// What a source that is no JSON looks like.
fn looks_like(source: &str) -> &'static str {
    let start: String = source.trim_start().chars().take(15).collect::<String>().to_ascii_lowercase();
    let known = [
        ("%pdf", "a PDF"),
        ("pk\u{3}\u{4}", "a ZIP archive or an office document"),
        ("<!doctype html", "a web page"),
        ("<html", "a web page"),
        ("<", "XML"),
        ("{", "a damaged or cut off JSON file"),
        ("[", "a damaged or cut off JSON file"),
    ];
    if start.is_empty() {
        return "an empty file";
    }
    if start.chars().take(5).collect::<String>().contains("png\r") {
        return "a PNG image";
    }
    if start.contains(['\0', char::REPLACEMENT_CHARACTER]) {
        return "a file that is no text";
    }
    known.iter().find(|(sign, _)| start.starts_with(sign)).map_or("plain text", |(_, words)| words)
}
