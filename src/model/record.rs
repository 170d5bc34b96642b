//! The stored form of the log and of snapshots: bytes with a checksum and a version.
//!
//! A log entry is one transaction: what was done, undone or done again, with every change before
//! and after, so that undo survives a reload. A snapshot is the whole workspace after an entry, for
//! quick opening. Texts stand beside them, once each, by their hash. The form is written out field by
//! field: the model may change, old versions stay readable. Nothing here reads or writes a store.

use crate::model::bytes::{In, Out};
use crate::model::checksum::crc32;
use crate::model::label::Line;
use crate::model::*;
use crate::text::{Offset, Span, Text, TextHash};
use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;

/// The version that is written.
pub const VERSION: u32 = 1;

/// What a log entry does to the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// Something new was done.
    Do,
    /// Something new that goes on with the entry before it, and is undone together with it.
    Continue,
    /// The last thing done was taken back.
    Undo,
    /// The last thing taken back was done again.
    Redo,
}

/// In the order of their numbers in the stored form.
const KINDS: [EntryKind; 4] = [EntryKind::Do, EntryKind::Continue, EntryKind::Undo, EntryKind::Redo];

/// One transaction of the log.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// What it does to the history.
    pub kind: EntryKind,
    /// What was done, in words, for undo.
    pub title: Rc<str>,
    /// When.
    pub at: Timestamp,
    /// The workspace's next id after it.
    pub next_id: u64,
    /// The changes that were applied, in order.
    pub changes: Rc<[Change]>,
}

/// Why stored bytes can't be read.
#[derive(Debug, PartialEq, Eq)]
pub enum RecordError {
    /// Fewer bytes than a checksum has.
    Short,
    /// The bytes are not those that were written.
    Checksum,
    /// Written by a newer version of the app.
    Newer(u32),
    /// The checksum holds but the content is none of ours; what is wrong with it.
    Form(&'static str),
    /// It speaks of a text that is not there.
    MissingText(TextHash),
}

impl fmt::Display for RecordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Short => f.write_str("expected a checksum, found fewer than four bytes"),
            Self::Checksum => f.write_str("the bytes are not those that were written: the checksum differs"),
            Self::Newer(version) => write!(f, "expected version {VERSION} or older, found version {version}"),
            Self::Form(what) => write!(f, "the content is not a record of this app: {what}"),
            Self::MissingText(hash) => write!(f, "the text with hash {hash} is missing"),
        }
    }
}

/// Finds a stored text by its hash.
pub type Texts<'a> = &'a dyn Fn(&TextHash) -> Option<Rc<Text>>;

impl Entry {
    /// The bytes to store.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = begin();
        out.number(KINDS.iter().position(|kind| *kind == self.kind).unwrap_or_default() as u64);
        out.text(&self.title);
        out.text(self.at.as_str());
        out.number(self.next_id);
        out.list(&self.changes, put_change);
        seal(out)
    }

    /// Reads stored bytes.
    pub fn decode(bytes: &[u8], texts: Texts<'_>) -> Result<Self, RecordError> {
        let mut from = open(bytes, texts)?;
        let entry = Self {
            kind: from.choice(&KINDS),
            title: from.bytes.text().into(),
            at: from.moment(),
            next_id: from.bytes.number(),
            changes: from.list(Source::change).into(),
        };
        from.close(entry)
    }

    /// The texts that it brings in.
    pub fn new_texts(&self) -> impl Iterator<Item = &Rc<Text>> {
        self.changes.iter().filter_map(|change| match change {
            Change::Article { before: None, after: Some(article) } => Some(&article.text),
            _ => None,
        })
    }
}

/// The bytes of a snapshot of a workspace.
pub fn encode_snapshot(workspace: &Workspace) -> Vec<u8> {
    let mut out = begin();
    out.list(&workspace.articles(), |out, article| put_article(out, article));
    put_scheme(&mut out, workspace.scheme());
    out.text(workspace.annotator().as_str());
    let sheets: Vec<_> = workspace.all_sheets().collect();
    out.list(&sheets, |out, (key, sheet)| {
        put_key(out, key);
        let annotations: Vec<_> = sheet.iter().collect();
        out.list(&annotations, |out, annotation| put_annotation(out, annotation));
    });
    out.number(workspace.next_id);
    out.text(workspace.extra.as_json());
    seal(out)
}

/// Reads the bytes of a snapshot.
pub fn decode_snapshot(bytes: &[u8], texts: Texts<'_>) -> Result<Workspace, RecordError> {
    let mut from = open(bytes, texts)?;
    let mut workspace = Workspace::default();
    for after in from.list(Source::article) {
        workspace.apply(&Change::Article { before: None, after: Some(after) });
    }
    workspace.apply(&Change::Scheme { before: workspace.scheme().clone(), after: from.scheme() });
    let annotator = AnnotatorCode::new(from.bytes.text());
    workspace.apply(&Change::Annotator { before: workspace.annotator().clone(), after: annotator });
    for (sheet, annotations) in from.list(|from| (from.key(), from.list(Source::annotation))) {
        let added = |after| Change::Annotation { sheet: sheet.clone(), before: None, after: Some(after) };
        workspace.apply_all(&annotations.into_iter().map(added).collect::<Vec<_>>());
    }
    workspace.next_id = from.bytes.number();
    workspace.extra = from.extra();
    from.close(workspace)
}

const CHECKSUM: usize = 4;

/// Room for the checksum, then the version.
fn begin() -> Out {
    let mut out = Out(vec![0; CHECKSUM]);
    out.number(VERSION.into());
    out
}

/// Fills in the checksum (CRC-32, ISO-HDLC, little end first) of all that follows it.
fn seal(out: Out) -> Vec<u8> {
    let Out(mut bytes) = out;
    let checksum = crc32(&bytes[CHECKSUM..]);
    bytes[..CHECKSUM].copy_from_slice(&checksum.to_le_bytes());
    bytes
}

/// Checks the checksum and the version; what follows is to be read.
fn open<'a>(bytes: &'a [u8], texts: Texts<'a>) -> Result<Source<'a>, RecordError> {
    let (checksum, content) = bytes.split_first_chunk::<CHECKSUM>().ok_or(RecordError::Short)?;
    if crc32(content) != u32::from_le_bytes(*checksum) {
        return Err(RecordError::Checksum);
    }
    let mut bytes = In::new(content);
    match bytes.small() {
        0 => Err(RecordError::Form("it has no version")),
        version if version > VERSION => Err(RecordError::Newer(version)),
        _ => Ok(Source { bytes, texts, error: None }),
    }
}

fn put_change(out: &mut Out, change: &Change) {
    match change {
        Change::Article { before, after } => {
            out.number(0);
            out.option(before.as_deref(), put_article);
            out.option(after.as_deref(), put_article);
        }
        Change::Annotation { sheet, before, after } => {
            out.number(1);
            put_key(out, sheet);
            out.option(before.as_deref(), put_annotation);
            out.option(after.as_deref(), put_annotation);
        }
        Change::Scheme { before, after } => {
            out.number(2);
            put_scheme(out, before);
            put_scheme(out, after);
        }
        Change::Annotator { before, after } => {
            out.number(3);
            out.text(before.as_str());
            out.text(after.as_str());
        }
        Change::Extra { before, after } => {
            out.number(4);
            out.text(before.as_json());
            out.text(after.as_json());
        }
    }
}

fn put_key(out: &mut Out, key: &SheetKey) {
    out.text(key.article.as_str());
    out.text(key.annotator.as_str());
}

fn put_article(out: &mut Out, article: &Article) {
    out.text(article.id.as_str());
    out.text(article.text.hash().as_str());
    out.text(&article.title);
    out.text(&article.source);
    out.text(&article.date);
    out.text(&article.encoding);
    out.number(article.done.into());
    out.text(article.created.as_str());
    out.text(article.changed.as_str());
    out.text(article.extra.as_json());
}

fn put_annotation(out: &mut Out, annotation: &Annotation) {
    out.text(annotation.id.as_str());
    out.text(annotation.label.as_str());
    out.number(annotation.span.start().get().into());
    out.number(annotation.span.end().get().into());
    out.number(annotation.attributes.len() as u64);
    for (id, value) in &annotation.attributes {
        out.text(id.as_str());
        out.text(value);
    }
    out.list(&annotation.links, |out, link| {
        out.text(link.kind.as_str());
        out.text(link.to.as_str());
        out.text(link.extra.as_json());
    });
    out.text(&annotation.note);
    out.text(annotation.status.as_str());
    out.text(annotation.created.as_str());
    out.text(annotation.changed.as_str());
    out.text(annotation.origin.as_str());
    out.text(annotation.extra.as_json());
}

fn put_scheme(out: &mut Out, scheme: &LabelScheme) {
    out.list(&scheme.labels, |out, label| {
        out.text(label.id.as_str());
        out.text(&label.name);
        out.text(&label.plural);
        out.text(label.line.as_str());
        out.number(label.colour.into());
        out.number(u32::from(label.key).into());
        out.text(&label.guideline);
        out.list(&label.attributes, |out, attribute| {
            out.text(attribute.id.as_str());
            out.text(&attribute.name);
            out.list(&attribute.values, |out, value| out.text(value));
            out.text(attribute.extra.as_json());
        });
        out.list(&label.links, |out, link| {
            out.text(link.id.as_str());
            out.text(&link.name);
            out.list(&link.to, |out, label| out.text(label.as_str()));
            out.number(link.many.into());
            out.text(link.extra.as_json());
        });
        out.text(label.extra.as_json());
    });
    out.text(scheme.extra.as_json());
}

/// A record that is being read; the counterpart of the functions above, field by field.
struct Source<'a> {
    bytes: In<'a>,
    texts: Texts<'a>,
    /// What was wrong first, other than the bytes themselves.
    error: Option<RecordError>,
}

impl Source<'_> {
    /// Gives out what was read, if all of it was right.
    fn close<T>(self, read: T) -> Result<T, RecordError> {
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

    fn list<T>(&mut self, take: fn(&mut Self) -> T) -> Vec<T> {
        let mut items = Vec::new();
        let len = self.bytes.number();
        while (items.len() as u64) < len && !self.bytes.is_broken() {
            items.push(take(self));
        }
        items
    }

    fn option<T>(&mut self, take: fn(&mut Self) -> T) -> Option<T> {
        self.truth().then(|| take(self))
    }

    fn truth(&mut self) -> bool {
        self.bytes.number() != 0
    }

    fn choice<T: Copy>(&mut self, choices: &[T]) -> T {
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

    fn string(&mut self) -> String {
        self.bytes.text().to_owned()
    }

    fn moment(&mut self) -> Timestamp {
        Timestamp::parse(self.bytes.text()).unwrap_or_else(|| {
            self.bytes.fail();
            Timestamp::unknown()
        })
    }

    fn extra(&mut self) -> Extra {
        Extra::new(self.bytes.text())
    }

    fn key(&mut self) -> SheetKey {
        SheetKey { article: ArticleId::new(self.bytes.text()), annotator: AnnotatorCode::new(self.bytes.text()) }
    }

    fn change(&mut self) -> Change {
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

    fn article(&mut self) -> Rc<Article> {
        Rc::new(Article {
            id: ArticleId::new(self.bytes.text()),
            text: self.text(),
            title: self.string(),
            source: self.string(),
            date: self.string(),
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

    fn annotation(&mut self) -> Rc<Annotation> {
        Rc::new(Annotation {
            id: AnnotationId::new(self.bytes.text()),
            label: LabelId::new(self.bytes.text()),
            span: self.span(),
            attributes: self.attributes(),
            links: self.list(|from| Link {
                kind: LinkTypeId::new(from.bytes.text()),
                to: AnnotationId::new(from.bytes.text()),
                extra: from.extra(),
            }),
            note: self.bytes.text().into(),
            status: self.word(Status::parse),
            created: self.moment(),
            changed: self.moment(),
            origin: self.word(Origin::parse),
            extra: self.extra(),
        })
    }

    fn attributes(&mut self) -> BTreeMap<AttributeId, Rc<str>> {
        let mut attributes = BTreeMap::new();
        for (id, value) in self.list(|from| (AttributeId::new(from.bytes.text()), from.bytes.text().into())) {
            attributes.insert(id, value);
        }
        attributes
    }

    fn span(&mut self) -> Span {
        let (start, end) = (Offset::new(self.bytes.small()), Offset::new(self.bytes.small()));
        Span::checked(start, end).unwrap_or_else(|| {
            self.wrong(RecordError::Form("an annotation ends before it starts"));
            Span::between(end, end)
        })
    }

    fn scheme(&mut self) -> Rc<LabelScheme> {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> (Entry, Rc<Text>) {
        let text = Rc::new(Text::new("We open at nine 👍"));
        let article = Article {
            id: ArticleId::new("t-w-00001"),
            text: text.clone(),
            title: "Opening".into(),
            source: String::new(),
            date: "2031-03-14".into(),
            encoding: "UTF-8".into(),
            done: false,
            created: Timestamp::unknown(),
            changed: Timestamp::unknown(),
            extra: Extra::new(r#"{"newer":[1]}"#),
        };
        let span = Span::between(Offset::new(3), Offset::new(7));
        let annotation =
            Annotation::new(AnnotationId::new("a-w-00002"), LabelId::new("quote"), span, Timestamp::unknown());
        let sheet = SheetKey { article: article.id.clone(), annotator: AnnotatorCode::default() };
        let changes = [
            Change::Article { before: None, after: Some(Rc::new(article)) },
            Change::Annotation { sheet, before: None, after: Some(Rc::new(annotation)) },
        ];
        let at = Timestamp::unknown();
        (Entry { kind: EntryKind::Do, title: "add".into(), at, next_id: 3, changes: changes.into() }, text)
    }

    #[test]
    fn an_entry_and_a_snapshot_come_back_as_they_were() {
        let (entry, text) = entry();
        let texts = |hash: &TextHash| (hash == text.hash()).then(|| text.clone());
        assert_eq!(Entry::decode(&entry.encode(), &texts).as_ref(), Ok(&entry));
        let mut workspace = Workspace::default();
        entry.changes.iter().for_each(|change| workspace.apply(change));
        workspace.next_id = 3;
        assert_eq!(decode_snapshot(&encode_snapshot(&workspace), &texts), Ok(workspace));
    }

    #[test]
    fn damaged_bytes_are_told_apart_from_a_newer_version() {
        let (entry, _) = entry();
        let none = |_: &TextHash| None;
        let bytes = entry.encode();
        assert!(matches!(Entry::decode(&bytes, &none), Err(RecordError::MissingText(_))));
        for cut in 0..bytes.len() {
            let expected = if cut < 4 { RecordError::Short } else { RecordError::Checksum };
            assert_eq!(Entry::decode(&bytes[..cut], &none), Err(expected), "cut at {cut}");
        }
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 4;
            assert_eq!(Entry::decode(&damaged, &none), Err(RecordError::Checksum), "byte {at}");
        }
        let mut future = Out(vec![0; CHECKSUM]);
        future.number(9);
        future.text("of what comes then, nothing is known");
        assert_eq!(Entry::decode(&seal(future), &none), Err(RecordError::Newer(9)));
        let text = Rc::new(Text::new("We open at nine 👍"));
        let mut longer = Out(bytes);
        longer.0.push(0);
        assert!(matches!(Entry::decode(&seal(longer), &|_| Some(text.clone())), Err(RecordError::Form(_))));
    }
}
