//! The stored form of the log and of snapshots: bytes with a checksum and a version.
//!
//! A log entry is one transaction: what was done, undone or done again, with every change before
//! and after, so that undo survives a reload. A snapshot is the whole workspace after an entry, for
//! quick opening. Texts stand beside them, once each, by their hash. Stored forms are types of their
//! own: the model may change, old versions stay readable. Nothing here reads or writes a store.

use crate::model::*;
use crate::text::{Offset, Span, Text, TextHash};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;

/// The version that is written.
pub const VERSION: u32 = 1;

/// What a log entry does to the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
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
    Form(String),
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

#[derive(Serialize, Deserialize)]
struct StoredEntry {
    version: u32,
    kind: EntryKind,
    title: Rc<str>,
    at: Timestamp,
    next_id: u64,
    changes: Vec<StoredChange>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum StoredChange {
    Article {
        before: Option<StoredArticle>,
        after: Option<StoredArticle>,
    },
    Annotation {
        article: ArticleId,
        annotator: AnnotatorCode,
        before: Option<StoredAnnotation>,
        after: Option<StoredAnnotation>,
    },
    Scheme {
        before: Rc<LabelScheme>,
        after: Rc<LabelScheme>,
    },
    Annotator {
        before: AnnotatorCode,
        after: AnnotatorCode,
    },
    Extra {
        before: Extra,
        after: Extra,
    },
}

#[derive(Serialize, Deserialize)]
struct StoredSnapshot {
    version: u32,
    articles: Vec<StoredArticle>,
    scheme: Rc<LabelScheme>,
    annotator: AnnotatorCode,
    sheets: Vec<StoredSheet>,
    next_id: u64,
    extra: Extra,
}

#[derive(Serialize, Deserialize)]
struct StoredSheet {
    article: ArticleId,
    annotator: AnnotatorCode,
    annotations: Vec<StoredAnnotation>,
}

#[derive(Serialize, Deserialize)]
struct StoredArticle {
    id: ArticleId,
    text: Rc<str>,
    title: String,
    source: String,
    date: String,
    encoding: String,
    done: bool,
    created: Timestamp,
    changed: Timestamp,
    #[serde(default, skip_serializing_if = "Extra::is_empty")]
    extra: Extra,
}

#[derive(Serialize, Deserialize)]
struct StoredAnnotation {
    id: AnnotationId,
    label: LabelId,
    start: Offset,
    end: Offset,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    attributes: BTreeMap<AttributeId, Rc<str>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    links: Vec<Link>,
    #[serde(default, skip_serializing_if = "str::is_empty")]
    note: Rc<str>,
    #[serde(default)]
    status: Status,
    created: Timestamp,
    changed: Timestamp,
    #[serde(default)]
    origin: Origin,
    #[serde(default, skip_serializing_if = "Extra::is_empty")]
    extra: Extra,
}

impl Entry {
    /// The bytes to store.
    pub fn encode(&self) -> Vec<u8> {
        seal(&StoredEntry {
            version: VERSION,
            kind: self.kind,
            title: self.title.clone(),
            at: self.at.clone(),
            next_id: self.next_id,
            changes: self.changes.iter().map(store_change).collect(),
        })
    }

    /// Reads stored bytes.
    pub fn decode(bytes: &[u8], texts: Texts<'_>) -> Result<Self, RecordError> {
        let stored: StoredEntry = open(bytes)?;
        let changes = stored.changes.into_iter().map(|change| read_change(change, texts)).collect::<Result<_, _>>()?;
        Ok(Self { kind: stored.kind, title: stored.title, at: stored.at, next_id: stored.next_id, changes })
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
    seal(&StoredSnapshot {
        version: VERSION,
        articles: workspace.articles().into_iter().map(|article| store_article(article)).collect(),
        scheme: workspace.scheme().clone(),
        annotator: workspace.annotator().clone(),
        sheets: workspace
            .all_sheets()
            .map(|(key, sheet)| StoredSheet {
                article: key.article.clone(),
                annotator: key.annotator.clone(),
                annotations: sheet.iter().map(|annotation| store_annotation(annotation)).collect(),
            })
            .collect(),
        next_id: workspace.next_id,
        extra: workspace.extra.clone(),
    })
}

/// Reads the bytes of a snapshot.
pub fn decode_snapshot(bytes: &[u8], texts: Texts<'_>) -> Result<Workspace, RecordError> {
    let stored: StoredSnapshot = open(bytes)?;
    let mut workspace = Workspace::default();
    workspace.apply(&Change::Scheme { before: workspace.scheme().clone(), after: stored.scheme });
    workspace.apply(&Change::Annotator { before: workspace.annotator().clone(), after: stored.annotator });
    for article in stored.articles {
        let after = Some(Rc::new(read_article(article, texts)?));
        workspace.apply(&Change::Article { before: None, after });
    }
    for sheet in stored.sheets {
        let key = SheetKey { article: sheet.article, annotator: sheet.annotator };
        for annotation in sheet.annotations {
            let after = Some(Rc::new(read_annotation(annotation)?));
            workspace.apply(&Change::Annotation { sheet: key.clone(), before: None, after });
        }
    }
    workspace.next_id = stored.next_id;
    workspace.extra = stored.extra;
    Ok(workspace)
}

/// The checksum (CRC-32, ISO-HDLC; four bytes, little end first), then JSON.
fn seal<T: Serialize>(record: &T) -> Vec<u8> {
    let mut bytes = vec![0; 4];
    // Writing to memory and maps with string keys: there is nothing that could fail.
    let written = serde_json::to_writer(&mut bytes, record);
    debug_assert!(written.is_ok(), "{written:?}");
    let checksum = crc32fast::hash(&bytes[4..]);
    bytes[..4].copy_from_slice(&checksum.to_le_bytes());
    bytes
}

fn open<'de, T: Deserialize<'de>>(bytes: &'de [u8]) -> Result<T, RecordError> {
    #[derive(Deserialize)]
    struct Versioned {
        version: u32,
    }
    let (checksum, content) = bytes.split_first_chunk::<4>().ok_or(RecordError::Short)?;
    if crc32fast::hash(content) != u32::from_le_bytes(*checksum) {
        return Err(RecordError::Checksum);
    }
    let content = std::str::from_utf8(content).map_err(|error| RecordError::Form(error.to_string()))?;
    serde_json::from_str(content).map_err(|error| match serde_json::from_str::<Versioned>(content) {
        Ok(Versioned { version }) if version > VERSION => RecordError::Newer(version),
        _ => RecordError::Form(error.to_string()),
    })
}

fn store_change(change: &Change) -> StoredChange {
    match change {
        Change::Article { before, after } => StoredChange::Article {
            before: before.as_deref().map(store_article),
            after: after.as_deref().map(store_article),
        },
        Change::Annotation { sheet, before, after } => StoredChange::Annotation {
            article: sheet.article.clone(),
            annotator: sheet.annotator.clone(),
            before: before.as_deref().map(store_annotation),
            after: after.as_deref().map(store_annotation),
        },
        Change::Scheme { before, after } => StoredChange::Scheme { before: before.clone(), after: after.clone() },
        Change::Annotator { before, after } => StoredChange::Annotator { before: before.clone(), after: after.clone() },
        Change::Extra { before, after } => StoredChange::Extra { before: before.clone(), after: after.clone() },
    }
}

fn read_change(change: StoredChange, texts: Texts<'_>) -> Result<Change, RecordError> {
    let article = |stored: Option<StoredArticle>| stored.map(|a| read_article(a, texts).map(Rc::new)).transpose();
    let annotation = |stored: Option<StoredAnnotation>| stored.map(|a| read_annotation(a).map(Rc::new)).transpose();
    Ok(match change {
        StoredChange::Article { before, after } => Change::Article { before: article(before)?, after: article(after)? },
        StoredChange::Annotation { article, annotator, before, after } => Change::Annotation {
            sheet: SheetKey { article, annotator },
            before: annotation(before)?,
            after: annotation(after)?,
        },
        StoredChange::Scheme { before, after } => Change::Scheme { before, after },
        StoredChange::Annotator { before, after } => Change::Annotator { before, after },
        StoredChange::Extra { before, after } => Change::Extra { before, after },
    })
}

fn store_article(article: &Article) -> StoredArticle {
    StoredArticle {
        id: article.id.clone(),
        text: article.text.hash().as_str().into(),
        title: article.title.clone(),
        source: article.source.clone(),
        date: article.date.clone(),
        encoding: article.encoding.clone(),
        done: article.done,
        created: article.created.clone(),
        changed: article.changed.clone(),
        extra: article.extra.clone(),
    }
}

fn read_article(stored: StoredArticle, texts: Texts<'_>) -> Result<Article, RecordError> {
    let hash = TextHash::parse(&stored.text).ok_or_else(|| RecordError::Form("a text hash is none".into()))?;
    Ok(Article {
        id: stored.id,
        text: texts(&hash).ok_or(RecordError::MissingText(hash))?,
        title: stored.title,
        source: stored.source,
        date: stored.date,
        encoding: stored.encoding,
        done: stored.done,
        created: stored.created,
        changed: stored.changed,
        extra: stored.extra,
    })
}

fn store_annotation(annotation: &Annotation) -> StoredAnnotation {
    StoredAnnotation {
        id: annotation.id.clone(),
        label: annotation.label.clone(),
        start: annotation.span.start(),
        end: annotation.span.end(),
        attributes: annotation.attributes.clone(),
        links: annotation.links.clone(),
        note: annotation.note.clone(),
        status: annotation.status,
        created: annotation.created.clone(),
        changed: annotation.changed.clone(),
        origin: annotation.origin,
        extra: annotation.extra.clone(),
    }
}

fn read_annotation(stored: StoredAnnotation) -> Result<Annotation, RecordError> {
    let span = Span::checked(stored.start, stored.end)
        .ok_or_else(|| RecordError::Form(format!("annotation {} ends before it starts", stored.id)))?;
    Ok(Annotation {
        id: stored.id,
        label: stored.label,
        span,
        attributes: stored.attributes,
        links: stored.links,
        note: stored.note,
        status: stored.status,
        created: stored.created,
        changed: stored.changed,
        origin: stored.origin,
        extra: stored.extra,
    })
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
            extra: Extra::new(serde_json::from_str(r#"{"newer":[1]}"#).expect("is JSON")),
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
        #[derive(Serialize)]
        struct Future {
            version: u32,
        }
        assert_eq!(Entry::decode(&seal(&Future { version: 9 }), &none), Err(RecordError::Newer(9)));
    }
}
