//! The stored form of the log and of snapshots: bytes with a checksum and a version.
//!
//! A log entry is one transaction: what was done, undone or done again, with every change before
//! and after, so that undo survives a reload. A snapshot is the whole workspace after an entry, for
//! quick opening. Texts stand beside them, once each, by their hash. The form is written out field by
//! field: the model may change, old versions stay readable. Nothing here reads or writes a store.

mod bytes;
mod checksum;
mod put;
mod take;

pub(crate) use bytes::{In, Out};
pub(crate) use checksum::crc32;
pub(crate) use put::put_change;
pub(crate) use take::Source;

use crate::model::*;
use crate::text::{Text, TextHash};
use put::{put_annotation, put_article, put_key, put_scheme};
use std::fmt;
use std::rc::Rc;

/// The version that is written.
pub const VERSION: u32 = 2;
/// Since this one articles have a byline and say what took their text out of a page.
const WITH_BYLINES: u32 = 2;

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
            next_id: from.sequence(),
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
    workspace.next_id = from.sequence();
    workspace.extra = from.extra();
    from.close(workspace)
}

/// Whether the bytes of a record are those that were written; what they hold is not looked at.
pub fn check(bytes: &[u8]) -> Result<(), RecordError> {
    open(bytes, &|_| None).map(drop)
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
        version => {
            let mut source = Source::new(bytes, texts);
            source.version = version;
            Ok(source)
        }
    }
}

/// A record of a version to come, of which nothing else is known.
#[cfg(test)]
pub(crate) fn of_version(version: u32) -> Vec<u8> {
    let mut future = Out(vec![0; CHECKSUM]);
    future.number(version.into());
    future.text("of what comes then, nothing is known");
    seal(future)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Offset, Span};

    fn entry() -> (Entry, Rc<Text>) {
        let text = Rc::new(Text::new("We open at nine 👍"));
        let article = Article {
            id: ArticleId::new("t-w-00001"),
            text: text.clone(),
            title: "Opening".into(),
            source: String::new(),
            date: "2031-03-14".into(),
            byline: "Zoë Ng".into(),
            extractor: "Readability 0.6.0".into(),
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

    /// A snapshot as version 1 wrote it, with an article and nothing else: it had no bylines.
    fn snapshot_of_version_1(article: &Article) -> Vec<u8> {
        let mut out = Out(vec![0; CHECKSUM]);
        out.number(1);
        out.list(&[article], |out, article| {
            for words in [article.id.as_str(), article.text.hash().as_str(), &article.title, "", &article.date] {
                out.text(words);
            }
            out.text(&article.encoding);
            out.number(0);
            out.text(article.created.as_str());
            out.text(article.changed.as_str());
            out.text(article.extra.as_json());
        });
        put_scheme(&mut out, &LabelScheme::default());
        out.text(AnnotatorCode::default().as_str());
        out.number(0);
        out.number(3);
        out.text("");
        seal(out)
    }

    #[test]
    fn what_an_older_version_kept_is_still_read() {
        let (entry, text) = entry();
        let Change::Article { after: Some(article), .. } = &entry.changes[0] else { panic!("no article") };
        let article = Article { byline: String::new(), extractor: String::new(), ..Article::clone(article) };
        let texts = |hash: &TextHash| (hash == text.hash()).then(|| text.clone());
        let read = decode_snapshot(&snapshot_of_version_1(&article), &texts).expect("a snapshot");
        assert_eq!(read.article(&article.id).map(|read| &**read), Some(&article));
        assert_eq!(read.next_id, 3);
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
        assert_eq!(Entry::decode(&of_version(9), &none), Err(RecordError::Newer(9)));
        let text = Rc::new(Text::new("We open at nine 👍"));
        let mut longer = Out(bytes);
        longer.0.push(0);
        assert!(matches!(Entry::decode(&seal(longer), &|_| Some(text.clone())), Err(RecordError::Form(_))));
    }
}
