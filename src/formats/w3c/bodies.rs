//! The bodies of an annotation: its label, attributes, note and status, or an IRI.

use super::{FACTS, NAME};
use crate::formats::draft::{ArticleDraft, MarkDraft};
use crate::formats::fields::{Kept, Object, Reader};
use crate::formats::json::{Json, Kind, Writer};
use crate::formats::kept;
use crate::limits;
use crate::model::Status;

/// The value of the body that says that nobody has confirmed an annotation yet.
pub(super) const PROPOSED: &str = "proposed";

/// What bodies say.
#[derive(Default)]
pub(super) struct Bodies {
    /// The values of those that classify.
    pub(super) classes: Vec<String>,
    /// The values of those that are tags.
    pub(super) tags: Vec<String>,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) notes: Vec<String>,
    pub(super) status: Status,
    /// Those that are nothing but an IRI.
    pub(super) iris: Vec<String>,
    /// The text that one describes, with what is known of it.
    pub(super) described: Option<ArticleDraft>,
    /// The name of that text.
    pub(super) described_as: String,
    /// Those that nothing here knows, as they are.
    pub(super) others: Vec<String>,
}

/// Takes the bodies of an annotation with a motivation.
pub(super) fn take<'d>(reader: &mut Reader<'d>, annotation: &mut Object<'d>, motivation: &str) -> Bodies {
    let mut bodies = Bodies::default();
    if let Some(value) = reader.optional(annotation, "bodyValue", "left out") {
        bodies.notes.push(value.to_owned());
    }
    let Some(body) = annotation.take("body") else { return bodies };
    let list: Vec<_> = if body.kind() == Kind::List { body.items().collect() } else { vec![body] };
    for at in list {
        match at.kind() {
            Kind::Text => bodies.iris.push(reader.decode(at).unwrap_or_default().to_owned()),
            Kind::Object => bodies.one(reader, at, motivation),
            _ => bodies.keep(at),
        }
    }
    bodies
}

impl Bodies {
    /// Keeps a body as it is; what can't be kept is left out.
    fn keep(&mut self, at: Json<'_>) {
        self.others.extend(at.compact(limits::DEPTH));
    }

    fn one<'d>(&mut self, reader: &mut Reader<'d>, at: Json<'d>, motivation: &str) {
        let field = |name: &str| {
            let found = at.fields().find(|(key, _)| key.text().is_some_and(|(key, _)| key == name));
            found.and_then(|(_, value)| value.text()).map(|(text, _)| text)
        };
        // A body without a purpose has that of the annotation; some have the purpose as a motivation of their own.
        let purpose = field("purpose").unwrap_or(motivation);
        let fields: Vec<_> = at.fields().filter_map(|(name, _)| name.text()).map(|(name, _)| name).collect();
        let is_plain = fields.iter().all(|name| ["type", "purpose", "value", "format", NAME].contains(name))
            && field("type").is_none_or(|kind| kind == "TextualBody")
            && field("format").is_none_or(|format| format == "text/plain");
        let Some(value) = field("value").map(str::to_owned) else {
            match field("id").filter(|_| fields.len() == 1) {
                Some(iri) => self.iris.push(iri.to_owned()),
                None => self.keep(at),
            }
            return;
        };
        match (purpose, field(NAME)) {
            ("describing", _) if field("id").is_some() => self.describe(reader, at),
            _ if !is_plain => self.keep(at),
            ("tagging", Some(name)) => self.attributes.push((name.to_owned(), value)),
            ("classifying", None) => self.classes.push(value),
            ("tagging", None) => self.tags.push(value),
            ("commenting" | "describing" | "replying" | "highlighting", None) => self.notes.push(value),
            ("assessing", None) if value == PROPOSED => self.status = Status::Proposed,
            _ => self.keep(at),
        }
    }

    /// The text of an article.
    fn describe<'d>(&mut self, reader: &mut Reader<'d>, at: Json<'d>) {
        let Some(mut body) = reader.object(at, "body", "left out") else { return };
        let mut article = ArticleDraft { place: Some(reader.place(at)), ..ArticleDraft::default() };
        self.described_as = reader.name(&mut body, "id");
        article.text = reader.optional(&mut body, "value", "left out").unwrap_or_default().to_owned();
        for (name, fact) in
            FACTS.iter().zip([&mut article.title, &mut article.source, &mut article.date, &mut article.byline])
        {
            *fact = reader.optional(&mut body, name, "left empty").unwrap_or_default().to_owned();
        }
        for name in ["type", "purpose", "format"] {
            body.take(name);
        }
        article.fields.put_part("body", &reader.rest(body));
        self.described = Some(article);
    }

    /// Says of an annotation what its bodies say; the first of their classes or tags is its label, else what it was
    /// made for.
    pub(super) fn say(mut self, mark: &mut MarkDraft, motivation: &str, kept: &mut Kept) {
        let label =
            self.label().unwrap_or_else(|| if motivation.is_empty() { "annotation" } else { motivation }.to_owned());
        mark.label = label;
        mark.note = if self.notes.is_empty() { String::new() } else { self.notes.remove(0) };
        mark.attributes = std::mem::take(&mut self.attributes);
        mark.status = std::mem::take(&mut self.status);
        kept.put_list("body", &self.left());
    }

    /// Takes out the first of their classes or tags.
    pub(super) fn label(&mut self) -> Option<String> {
        let list = if self.classes.is_empty() { &mut self.tags } else { &mut self.classes };
        (!list.is_empty()).then(|| list.remove(0))
    }

    /// What was not taken out of them, as it is written.
    pub(super) fn left(self) -> Vec<String> {
        let mut left = self.others;
        let mut body = |purpose: &str, name: &str, value: &str| {
            let mut fields = Kept::default();
            for (field, words) in [("type", "TextualBody"), ("purpose", purpose), (NAME, name), ("value", value)] {
                if field != NAME || !name.is_empty() {
                    fields.put_text(field, words);
                }
            }
            left.push(fields.object());
        };
        self.classes.iter().for_each(|value| body("classifying", "", value));
        self.tags.iter().for_each(|value| body("tagging", "", value));
        self.notes.iter().for_each(|value| body("commenting", "", value));
        self.attributes.iter().for_each(|(name, value)| body("tagging", name, value));
        if self.status == Status::Proposed {
            body("assessing", "", PROPOSED);
        }
        for iri in self.iris {
            let mut text = Writer::compact();
            text.text(&iri);
            left.push(text.finish());
        }
        left
    }
}

/// Calls back with each body that is kept of an annotation.
pub(super) fn each_kept(extra: &crate::model::Extra, mut take: impl FnMut(Json<'_>)) {
    kept::each_field(extra, super::FORMAT.id, |name, value| {
        if name == "body" {
            value.items().for_each(&mut take);
        }
    });
}
