//! Reading a text and its annotations.
//!
//! Statements may stand in any order, so that marks come first, then what leads from one to another, then what is
//! said of either. An event is its trigger; its arguments are links.

use super::lines::{Argument, Line, Said, Wrong, parse};
use super::{ESCAPED_NOTES, FORMAT, FRAGMENT, NO_VALUE, NOTES, STATUS, TRUE, note};
use crate::formats::catalog::{Context, Refusal};
use crate::formats::draft::{ArticleDraft, Builder, LinkDraft, MarkDraft, QuoteDraft, Quoting};
use crate::formats::fields::{Kept, clip};
use crate::formats::file::InFile;
use crate::formats::json::Writer;
use crate::formats::names::unescaped;
use crate::formats::{Place, Reading, Severity, kept};
use crate::model::Status;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Pieces are joined by a blank. Writers that allow line breaks in a piece quote them as blanks.
const QUOTING: Quoting = Quoting { words: without_breaks, joint: " " };

fn without_breaks(words: &str) -> Cow<'_, str> {
    if words.contains(['\n', '\r']) { words.replace(['\n', '\r'], " ").into() } else { words.into() }
}

/// Reads a file of annotations with its text.
pub(super) fn read(files: &[&InFile], context: &Context<'_>) -> Result<Reading, Refusal> {
    let annotations = files.first().map_or("", |file| &file.text);
    let Some(text) = files.iter().skip(1).find(|file| file.extension() != "conf") else {
        let stem = files.first().map_or("", |file| file.stem());
        return Err(Refusal::new(format!("its text is missing; open “{stem}.txt” together with it")));
    };
    let mut reader = Reader {
        builder: Builder::new(FORMAT.id, context).quoting(QUOTING),
        marks: Vec::new(),
        by_id: BTreeMap::new(),
        links: BTreeMap::new(),
    };
    let lines = reader.lines(annotations);
    for (line, place) in &lines {
        reader.mark(line, *place);
    }
    for (line, place) in &lines {
        reader.events(line, *place);
    }
    for (line, place) in &lines {
        reader.connect(line, *place);
    }
    for (line, place) in &lines {
        reader.say(line, *place);
    }
    Ok(reader.finish(&text.text))
}

struct Reader<'a, 't> {
    builder: Builder<'a>,
    marks: Vec<Marked>,
    /// The marks by their ids, and by those of the events that they trigger.
    by_id: BTreeMap<&'t str, usize>,
    /// The relations by their ids: a mark and one of its links.
    links: BTreeMap<&'t str, (usize, usize)>,
}

/// A mark with what is kept on it.
#[derive(Default)]
struct Marked {
    draft: MarkDraft,
    own: Own,
    links: Vec<(LinkDraft, Own)>,
}

/// What only brat knows of a mark or a relation, each a list of texts.
#[derive(Default)]
struct Own {
    /// Ids of events.
    events: Vec<String>,
    /// Type, entry and words of references.
    references: Vec<String>,
    /// Type and words of notes that are no note here.
    notes: Vec<String>,
    /// Name and value of attributes.
    attributes: Vec<String>,
}

impl Own {
    fn kept(&self) -> Kept {
        let mut fields = Kept::default();
        fields.put_list("events", &self.events);
        fields.put_list("references", &self.references);
        fields.put_list("notes", &self.notes);
        fields.put_list("attributes", &self.attributes);
        fields
    }
}

/// Texts as a list of JSON.
fn list(texts: &[&str]) -> String {
    let mut w = Writer::compact();
    w.open('[');
    for text in texts {
        w.item();
        w.text(text);
    }
    w.close(']');
    w.finish()
}

impl<'t> Reader<'_, 't> {
    /// The lines that can be taken apart; says of the others what is wrong.
    fn lines(&mut self, text: &'t str) -> Vec<(Line<'t>, Place)> {
        let mut lines = Vec::new();
        for (number, line) in (1..).zip(text.split('\n')) {
            let line = line.strip_suffix('\r').unwrap_or(line);
            match parse(line) {
                _ if line.trim().is_empty() => {}
                Ok(said) => lines.push((said, Place { line: number, column: 1 })),
                Err(Wrong { at, expected }) => {
                    let before = line.get(..at).unwrap_or_default().chars().count();
                    let column = u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1);
                    let place = Some(Place { line: number, column });
                    let words = clip(line);
                    if line.starts_with('T') {
                        self.builder.set_aside(place, format_args!("“{words}”: expected {expected}"));
                    } else {
                        let message = format_args!("“{words}”: expected {expected}; the line was passed over");
                        self.builder.tell(Severity::Error, place, message);
                    }
                }
            }
        }
        lines
    }

    fn mark(&mut self, line: &Line<'t>, place: Place) {
        let Said::Mark { label, pieces, words } = &line.said else { return };
        let mut draft = MarkDraft {
            id: line.id.to_owned(),
            label: unescaped(label),
            pieces: pieces.clone(),
            quote: Some(QuoteDraft::new(*words)).filter(|quote| !quote.exact.trim().is_empty()),
            place: Some(place),
            ..MarkDraft::default()
        };
        if self.by_id.contains_key(line.id) {
            self.again(line.id, place);
            draft.id.clear();
        } else {
            self.by_id.insert(line.id, self.marks.len());
        }
        self.marks.push(Marked { draft, ..Marked::default() });
    }

    fn again(&mut self, id: &str, place: Place) {
        let message = format_args!("“{id}” is there twice; what is said of it was taken for the first");
        self.builder.tell(Severity::Warning, Some(place), message);
    }

    /// An event as its trigger.
    fn events(&mut self, line: &Line<'t>, place: Place) {
        let Said::Event { kind, trigger, .. } = &line.said else { return };
        let Some(&at) = self.by_id.get(trigger) else {
            let message = format_args!("event “{}”: there is no trigger “{}”; it was left out", line.id, clip(trigger));
            return self.builder.tell(Severity::Error, Some(place), message);
        };
        let mark = &mut self.marks[at];
        if mark.draft.label != unescaped(kind) {
            let message = format_args!(
                "event “{}”: it is of type “{}”, its trigger of “{}”; the trigger's was taken",
                line.id,
                clip(kind),
                clip(&mark.draft.label),
            );
            self.builder.tell(Severity::Warning, Some(place), message);
        }
        if !mark.own.events.is_empty() {
            let message = format_args!(
                "event “{}”: its trigger “{}” is that of another event too; what is said of both was put together",
                line.id,
                clip(trigger),
            );
            self.builder.tell(Severity::Note, Some(place), message);
        }
        let mut id = Writer::compact();
        id.text(line.id);
        mark.own.events.push(id.finish());
        if self.by_id.insert(line.id, at).is_some() {
            self.again(line.id, place);
        }
    }

    /// Relations, arguments and equivalences as links.
    fn connect(&mut self, line: &Line<'t>, place: Place) {
        match &line.said {
            Said::Relation { kind, from, to } => {
                let mut link = LinkDraft { kind: unescaped(kind), ..LinkDraft::default() };
                if *kind == FRAGMENT {
                    link = LinkDraft { kind: kept::CONTINUES.into(), fields: kept::fragment(), ..link };
                } else if (from.role, to.role) != ("Arg1", "Arg2") {
                    link.fields.put("roles", &list(&[from.role, to.role]));
                }
                if let Some(at) = self.link(from.id, to.id, link, line.id, place) {
                    self.links.insert(line.id, at);
                }
            }
            Said::Event { trigger, arguments, .. } if self.by_id.contains_key(trigger) => {
                for Argument { role, id } in arguments {
                    let mut link = LinkDraft { kind: unescaped(role), ..LinkDraft::default() };
                    link.fields.put_text("event", line.id);
                    self.link(trigger, id, link, line.id, place);
                }
            }
            Said::Equivalence { kind, members } => {
                for pair in members.windows(2) {
                    let mut link = LinkDraft { kind: unescaped(kind), ..LinkDraft::default() };
                    link.fields.put("both-ways", "true");
                    self.link(pair[0], pair[1], link, line.id, place);
                }
            }
            _ => {}
        }
    }

    /// Adds a link between two ids; `None` with an issue where one of them is not there.
    fn link(&mut self, from: &str, to: &str, link: LinkDraft, id: &str, place: Place) -> Option<(usize, usize)> {
        let (Some(&start), Some(&end)) = (self.by_id.get(from), self.by_id.get(to)) else {
            let missing = if self.by_id.contains_key(from) { to } else { from };
            let message = format_args!(
                "“{id}”: its link “{}” was left out: there is no annotation “{}”",
                clip(&link.kind),
                clip(missing),
            );
            self.builder.tell(Severity::Error, Some(place), message);
            return None;
        };
        let to = self.marks[end].draft.id.clone();
        let links = &mut self.marks[start].links;
        links.push((LinkDraft { to, ..link }, Own::default()));
        Some((start, links.len() - 1))
    }

    /// Attributes, notes and references.
    fn say(&mut self, line: &Line<'t>, place: Place) {
        let of = match &line.said {
            Said::Attribute { of, .. } | Said::Note { of, .. } | Said::Reference { of, .. } => *of,
            _ => return,
        };
        if let Some(&at) = self.by_id.get(of) {
            self.say_of_mark(at, &line.said, place);
        } else if let Some(&(mark, link)) = self.links.get(of) {
            self.marks[mark].links[link].1.say(&line.said);
        } else {
            let message =
                format_args!("“{}”: there is no “{}” that it could be about; it was left out", line.id, clip(of));
            self.builder.tell(Severity::Error, Some(place), message);
        }
    }

    fn say_of_mark(&mut self, at: usize, said: &Said<'_>, place: Place) {
        let Marked { draft, own, .. } = &mut self.marks[at];
        match said {
            Said::Attribute { name: STATUS, value: Some(value), .. } if Status::parse(value).is_some() => {
                draft.status = Status::parse(value).unwrap_or_default();
            }
            Said::Attribute { name, value, .. } => {
                let name = unescaped(name);
                let value = match value {
                    None => TRUE.into(),
                    Some(NO_VALUE) => String::new(),
                    Some(value) => unescaped(value),
                };
                if let Some((_, known)) = draft.attributes.iter().find(|(known, _)| *known == name) {
                    if *known == value {
                        return;
                    }
                    let message = format_args!(
                        "annotation “{}”: its attribute “{}” is there twice; the first one was taken",
                        draft.id,
                        clip(&name),
                    );
                    return self.builder.tell(Severity::Warning, Some(place), message);
                }
                draft.attributes.push((name, value));
            }
            Said::Note { kind: kind @ (NOTES | ESCAPED_NOTES), words, .. } => {
                if !draft.note.is_empty() {
                    draft.note.push('\n');
                }
                draft.note += &if *kind == ESCAPED_NOTES { note::unescape(words) } else { (*words).to_owned() };
            }
            said => own.say(said),
        }
    }

    fn finish(mut self, text: &str) -> Reading {
        let marks = self.marks.into_iter().map(|Marked { mut draft, own, links }| {
            draft.fields = own.kept();
            for (mut link, own) in links {
                link.fields.append(&own.kept());
                draft.links.push(link);
            }
            draft
        });
        self.builder.add(ArticleDraft { text: text.to_owned(), marks: marks.collect(), ..ArticleDraft::default() });
        self.builder.finish()
    }
}

impl Own {
    /// Keeps what nothing here stands for.
    fn say(&mut self, said: &Said<'_>) {
        match said {
            Said::Reference { kind, entry, words, .. } => self.references.push(list(&[kind, entry, words])),
            Said::Note { kind, words, .. } => self.notes.push(list(&[kind, words])),
            Said::Attribute { name, value: Some(value), .. } => self.attributes.push(list(&[name, value])),
            Said::Attribute { name, value: None, .. } => self.attributes.push(list(&[name])),
            _ => {}
        }
    }
}
