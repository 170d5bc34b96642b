//! What of the model comes out of a record: the counterpart of `put`, field by field.

use super::bytes::In;
use super::{RecordError, Texts, VERSION, WITH_BYLINES};
use crate::limits;
use crate::model::label::Line;
use crate::model::*;
use crate::text::{Offset, Span, Text, TextHash};
use std::rc::Rc;

/// A record that is being read; the counterpart of the functions above, field by field.
pub(crate) struct Source<'a> {
    pub(crate) bytes: In<'a>,
    /// The version that the record says it is of.
    pub(super) version: u32,
    texts: Texts<'a>,
    /// What was wrong first, other than the bytes themselves.
    error: Option<RecordError>,
    /// Words that came lately: the same few labels and moments stand in thousands of annotations.
    lately: [Rc<str>; LATELY],
    turn: usize,
}

/// How many words are remembered.
const LATELY: usize = 8;

impl<'a> Source<'a> {
    /// Reads from bytes of the version that is written; `texts` finds the texts that stand beside them.
    pub(crate) fn new(bytes: In<'a>, texts: Texts<'a>) -> Self {
        Self { bytes, version: VERSION, texts, error: None, lately: std::array::from_fn(|_| "".into()), turn: 0 }
    }

    /// A text of which there are many alike: the same one is shared.
    fn shared(&mut self) -> Rc<str> {
        let text = self.bytes.text();
        if let Some(known) = self.lately.iter().find(|known| ***known == *text) {
            return known.clone();
        }
        self.turn = (self.turn + 1) % LATELY;
        self.lately[self.turn] = text.into();
        self.lately[self.turn].clone()
    }

    /// Gives out what was read, if all of it was right.
    pub(crate) fn close<T>(self, read: T) -> Result<T, RecordError> {
        match self.error {
            Some(error) => Err(error),
            None if self.bytes.is_done() => Ok(read),
            None => Err(RecordError::Form("it ends too early or too late, or holds what is no text")),
        }
    }

    fn wrong(&mut self, error: RecordError) {
        self.error.get_or_insert(error);
        self.bytes.fail();
    }

    pub(crate) fn list<T>(&mut self, take: fn(&mut Self) -> T) -> Vec<T> {
        let mut items = Vec::new();
        let len = self.bytes.number();
        while (items.len() as u64) < len && !self.bytes.is_broken() {
            items.push(take(self));
        }
        items
    }

    pub(crate) fn option<T>(&mut self, take: fn(&mut Self) -> T) -> Option<T> {
        self.truth().then(|| take(self))
    }

    pub(crate) fn truth(&mut self) -> bool {
        self.bytes.number() != 0
    }

    pub(crate) fn choice<T: Copy>(&mut self, choices: &[T]) -> T {
        let choice = choices.get(self.bytes.small() as usize).copied();
        choice.unwrap_or_else(|| {
            self.bytes.fail();
            choices[0]
        })
    }

    /// A word that one of our types stands for.
    fn word<T: Default>(&mut self, parse: fn(&str) -> Option<T>) -> T {
        parse(self.bytes.text()).unwrap_or_else(|| {
            self.bytes.fail();
            T::default()
        })
    }

    /// A number to go on from when ids are made.
    pub(crate) fn sequence(&mut self) -> u64 {
        let number = self.bytes.number();
        if number > limits::SEQUENCE {
            self.wrong(RecordError::Form("it says that more ids were made than can be"));
        }
        number
    }

    pub(crate) fn string(&mut self) -> String {
        self.bytes.text().to_owned()
    }

    /// A text that records have since a version; empty in older ones.
    fn string_since(&mut self, version: u32) -> String {
        if self.version < version { String::new() } else { self.string() }
    }

    pub(super) fn moment(&mut self) -> Timestamp {
        Timestamp::shared(self.shared()).unwrap_or_else(|| {
            self.bytes.fail();
            Timestamp::unknown()
        })
    }

    pub(crate) fn extra(&mut self) -> Extra {
        Extra::new(self.bytes.text())
    }

    pub(crate) fn key(&mut self) -> SheetKey {
        SheetKey { article: ArticleId::new(self.shared()), annotator: AnnotatorCode::new(self.shared()) }
    }

    pub(crate) fn change(&mut self) -> Change {
        match self.bytes.number() {
            0 => Change::Article { before: self.option(Self::article), after: self.option(Self::article) },
            1 => Change::Annotation {
                sheet: self.key(),
                before: self.option(Self::annotation),
                after: self.option(Self::annotation),
            },
            2 => Change::Scheme { before: self.scheme(), after: self.scheme() },
            3 => Change::Annotator {
                before: AnnotatorCode::new(self.bytes.text()),
                after: AnnotatorCode::new(self.bytes.text()),
            },
            kind => {
                if kind != 4 {
                    self.bytes.fail();
                }
                Change::Extra { before: self.extra(), after: self.extra() }
            }
        }
    }

    pub(crate) fn article(&mut self) -> Rc<Article> {
        Rc::new(Article {
            id: ArticleId::new(self.bytes.text()),
            text: self.text(),
            title: self.string(),
            source: self.string(),
            date: self.string(),
            byline: self.string_since(WITH_BYLINES),
            extractor: self.string_since(WITH_BYLINES),
            encoding: self.string(),
            done: self.truth(),
            created: self.moment(),
            changed: self.moment(),
            extra: self.extra(),
        })
    }

    /// The text that stands beside the records under the hash that comes here.
    fn text(&mut self) -> Rc<Text> {
        let error = match TextHash::parse(self.bytes.text()) {
            Some(hash) => match (self.texts)(&hash) {
                Some(text) => return text,
                None => RecordError::MissingText(hash),
            },
            None => RecordError::Form("a text hash is none"),
        };
        self.wrong(error);
        Rc::new(Text::new(""))
    }

    pub(crate) fn annotation(&mut self) -> Rc<Annotation> {
        Rc::new(Annotation {
            id: AnnotationId::new(self.bytes.text()),
            label: LabelId::new(self.shared()),
            span: self.span(),
            attributes: self.list(|from| (AttributeId::new(from.shared()), from.shared())).into(),
            links: self.list(|from| Link {
                kind: LinkTypeId::new(from.bytes.text()),
                to: AnnotationId::new(from.bytes.text()),
                extra: from.extra(),
            }),
            note: self.shared(),
            status: self.word(Status::parse),
            created: self.moment(),
            changed: self.moment(),
            origin: self.word(Origin::parse),
            extra: self.extra(),
        })
    }

    fn span(&mut self) -> Span {
        let (start, end) = (Offset::new(self.bytes.small()), Offset::new(self.bytes.small()));
        Span::checked(start, end).unwrap_or_else(|| {
            self.wrong(RecordError::Form("an annotation ends before it starts"));
            Span::between(end, end)
        })
    }

    pub(crate) fn scheme(&mut self) -> Rc<LabelScheme> {
        Rc::new(LabelScheme { labels: self.list(Self::label), extra: self.extra() })
    }

    fn label(&mut self) -> Label {
        Label {
            id: LabelId::new(self.bytes.text()),
            name: self.string(),
            plural: self.string(),
            line: self.word(Line::parse),
            colour: self.bytes.small() as u8,
            key: char::from_u32(self.bytes.small()).unwrap_or(char::REPLACEMENT_CHARACTER),
            guideline: self.string(),
            attributes: self.list(|from| Attribute {
                id: AttributeId::new(from.bytes.text()),
                name: from.string(),
                values: from.list(Self::string),
                extra: from.extra(),
            }),
            links: self.list(|from| LinkType {
                id: LinkTypeId::new(from.bytes.text()),
                name: from.string(),
                to: from.list(|from| LabelId::new(from.bytes.text())),
                many: from.truth(),
                extra: from.extra(),
            }),
            extra: self.extra(),
        }
    }
}
