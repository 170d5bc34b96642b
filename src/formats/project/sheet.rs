//! Reading a sheet: whose annotations of which article they are, and that none is there twice.

use super::annotation;
use super::file::SHEET;
use crate::formats::Severity;
use crate::formats::fields::{Kept, Object, Reader, clip};
use crate::formats::json::Json;
use crate::limits;
use crate::model::{Annotation, AnnotatorCode, Article, LabelScheme, Sheet, SheetKey};
use std::rc::Rc;

/// What sheets are read against.
pub(super) struct Context<'a> {
    pub(super) articles: &'a [Rc<Article>],
    pub(super) scheme: Option<&'a LabelScheme>,
    /// The file's annotators, for a sheet that names none.
    pub(super) annotators: &'a [AnnotatorCode],
}

/// A sheet under way: a file may have several parts of one.
#[derive(Default)]
pub(super) struct Part {
    pub(super) annotations: Vec<Rc<Annotation>>,
    /// Where each stands, for issues of links.
    places: Vec<usize>,
    known: Sheet,
}

/// Sheets under way, in the order of the file.
#[derive(Default)]
pub(super) struct Parts {
    pub(super) sheets: Vec<(SheetKey, Part)>,
    /// Unknown fields of sheets, each an object with the keys that tell whose they are.
    pub(super) extra: Vec<String>,
}

/// Reads a sheet into those under way.
pub(super) fn read<'d>(reader: &mut Reader<'d>, at: Json<'d>, context: &Context<'_>, parts: &mut Parts) {
    let Some(mut object) = reader.object(at, "sheet", "it was set aside") else {
        return;
    };
    let article = reader.required(&mut object, "article", "the sheet was set aside").unwrap_or_default();
    object.id = article;
    let annotator = annotator(reader, &mut object, context);
    let annotations =
        reader.list(&mut object, "annotations", usize::MAX, "the sheet was taken as empty").unwrap_or_default();
    let key = match (context.articles.iter().find(|known| known.id.as_str() == article), annotator) {
        (Some(article), Some(annotator)) => (article, annotator),
        (found, _) => {
            let why = if found.is_none() { "its article is not in the file" } else { "nobody knows whose it is" };
            reader.counts.read += annotations.len();
            reader.counts.set_aside += annotations.len();
            let message = format_args!("{object}: {why}; its {} annotations were set aside", annotations.len());
            return reader.report(Severity::Error, at, message);
        }
    };
    let room = limits::ANNOTATIONS.saturating_sub(reader.counts.read);
    if let Some(next) = annotations.get(room) {
        let over = annotations.len() - room;
        let most = limits::ANNOTATIONS;
        let message =
            format_args!("{object}: {over} of its annotations were set aside, since no more than {most} of a file fit");
        reader.report(Severity::Error, *next, message);
        reader.counts.read += over;
        reader.counts.set_aside += over;
    }
    let sheet_key = SheetKey { article: key.0.id.clone(), annotator: key.1 };
    if at.is_whole() {
        let rest = reader.rest(object);
        if !rest.is_empty() {
            parts.extra.push(keyed(&sheet_key, &rest));
        }
    }
    let part = parts.part(sheet_key);
    for at in annotations.into_iter().take(room) {
        reader.count(at);
        match annotation::read(reader, at, &key.0.text, context.scheme).and_then(|a| part.unless_there(reader, at, a)) {
            Some(annotation) => part.push(at, annotation),
            None => reader.counts.set_aside += 1,
        }
    }
}

fn annotator<'d>(reader: &mut Reader<'d>, object: &mut Object<'d>, context: &Context<'_>) -> Option<AnnotatorCode> {
    let only = match context.annotators {
        [only] => Some(only.clone()),
        _ => None,
    };
    let instead = match &only {
        Some(only) => format!("taken as {only}, the only annotator of the file"),
        None => "the sheet was set aside".to_owned(),
    };
    let Some(code) = reader.required(object, "annotator", &instead) else {
        return only;
    };
    let parsed = AnnotatorCode::parse(code);
    if parsed.is_none() {
        reader.warn(object, object.at, format_args!("“{}” is no code of an annotator; {instead}", clip(code)));
    }
    parsed.or(only)
}

/// Unknown fields of a sheet with the keys of the sheet, as they are kept.
fn keyed(key: &SheetKey, rest: &Kept) -> String {
    let mut keyed = Kept::default();
    keyed.put_text(SHEET[0], key.article.as_str());
    keyed.put_text(SHEET[1], key.annotator.as_str());
    keyed.append(rest);
    keyed.object()
}

impl Parts {
    fn part(&mut self, key: SheetKey) -> &mut Part {
        let known = self.sheets.iter().position(|(other, _)| *other == key);
        let index = known.unwrap_or_else(|| {
            self.sheets.push((key, Part::default()));
            self.sheets.len() - 1
        });
        &mut self.sheets[index].1
    }

    /// Says which links lead nowhere. They stay, since their other end may be in another file.
    pub(super) fn check_links(&self, reader: &mut Reader<'_>) {
        for (key, part) in &self.sheets {
            for (annotation, &byte) in part.annotations.iter().zip(&part.places) {
                for link in annotation.links.iter().filter(|link| part.known.get(&link.to).is_none()) {
                    let message = format_args!(
                        "annotation “{}”: its link “{}” leads to “{}”, which is not on the sheet of {}; the link was kept",
                        annotation.id, link.kind, link.to, key.annotator,
                    );
                    reader.report_byte(Severity::Warning, byte, message);
                }
            }
        }
    }
}

impl Part {
    /// Gives an annotation back unless its id is there already.
    fn unless_there<'d>(&self, reader: &mut Reader<'d>, at: Json<'d>, annotation: Annotation) -> Option<Annotation> {
        if self.known.get(&annotation.id).is_none() {
            return Some(annotation);
        }
        let message =
            format_args!("annotation “{}”: another one on its sheet has the same id; it was set aside", annotation.id);
        reader.report(Severity::Error, at, message);
        None
    }

    fn push(&mut self, at: Json<'_>, annotation: Annotation) {
        let annotation = Rc::new(annotation);
        self.known.insert(annotation.clone());
        self.places.push(at.byte());
        self.annotations.push(annotation);
    }
}
