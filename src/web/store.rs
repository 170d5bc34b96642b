//! Keeping the workspace: opening it from snapshot and log, appending each change as it is made,
//! folding the log once it is long. What was not committed stays queued and is tried again; nothing
//! is called saved before the database has said so.

use crate::model::record::{self, Entry, RecordError};
use crate::model::{Workspace, WriterId};
use crate::state::{Command, State};
use crate::text::{Text, TextHash};
use crate::web::clock;
use crate::web::db::{Contents, Db, why};
use crate::words;
use gloo::timers::future::TimeoutFuture;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

/// A snapshot is made after this many entries.
const SNAPSHOT_EVERY: u64 = 500;
/// The log is folded once it holds this many entries...
const FOLD_ABOVE: usize = 20_000;
/// ...down to this many, which is how far undo reaches back.
const FOLD_TO: u64 = 10_000;
/// An entry with more changes than this is written in a task of its own.
const MANY: usize = 1_000;
/// How long to wait before a failed write is tried again, in milliseconds.
const RETRY_AFTER: u32 = 2_000;

/// What was found on opening.
pub struct Opened {
    /// The workspace, its history and the preferences.
    pub state: State,
    /// The first half of the ids made here.
    pub writer: WriterId,
    /// Where things were left; see [`crate::state::places`].
    pub places: String,
    /// Whether nothing was ever kept here.
    pub first_visit: bool,
    /// How many entries could not be read; they stay where they are.
    pub unreadable: usize,
    /// Where changes go from now on.
    pub store: Store,
}

/// Takes changes and keeps them.
#[derive(Clone)]
pub struct Store {
    inner: Rc<RefCell<Inner>>,
    news: Callback<Command>,
}

struct Inner {
    db: Option<Db>,
    /// Why nothing can be written; writing is not tried then.
    blocked: Option<Rc<str>>,
    next: u64,
    kept: usize,
    snapshots: Vec<u64>,
    last_snapshot: u64,
    queue: VecDeque<Rc<Entry>>,
    writing: bool,
}

impl Store {
    /// Opens what is kept in this browser. Where that can't be done, the page works from memory and
    /// says so with the first change.
    pub async fn open(news: Callback<Command>) -> Opened {
        let opened = match Db::open().await {
            Ok(db) => db.read().await.map(|contents| (db, contents)),
            Err(error) => Err(error),
        };
        match opened {
            Ok((db, contents)) => read(db, contents, news).await,
            Err(error) => {
                let reason = format!("{} ({})", words::NO_STORE, why(&error));
                Opened::empty(Self::new(None, Some(reason.into()), news))
            }
        }
    }

    fn new(db: Option<Db>, blocked: Option<Rc<str>>, news: Callback<Command>) -> Self {
        let inner = Inner {
            db,
            blocked,
            next: 1,
            kept: 0,
            snapshots: Vec::new(),
            last_snapshot: 0,
            queue: VecDeque::new(),
            writing: false,
        };
        Self { inner: Rc::new(RefCell::new(inner)), news }
    }

    /// Queues an entry and starts writing at once, in the task of the event that made it.
    pub fn append(&self, entry: Rc<Entry>) {
        self.inner.borrow_mut().queue.push_back(entry);
        self.write();
    }

    /// Whether everything that was queued is committed.
    pub fn is_idle(&self) -> bool {
        self.inner.borrow().queue.is_empty()
    }

    fn write(&self) {
        if let Some(reason) = self.inner.borrow().blocked.clone() {
            return self.news.emit(Command::NotStored(reason));
        }
        if std::mem::replace(&mut self.inner.borrow_mut().writing, true) {
            return;
        }
        let store = self.clone();
        spawn_local(async move { store.drain().await });
    }

    async fn drain(&self) {
        let mut failed = false;
        loop {
            let Some(entry) = self.inner.borrow().queue.front().cloned() else {
                break;
            };
            // Many marks at once are seen before they are written.
            if failed || entry.changes.len() > MANY {
                TimeoutFuture::new(if failed { RETRY_AFTER } else { 0 }).await;
            }
            if std::mem::take(&mut failed) {
                self.reopen().await;
            }
            let (db, number) = (self.inner.borrow().db.clone(), self.inner.borrow().next);
            let Some(db) = db else {
                break;
            };
            let texts: Vec<_> =
                entry.new_texts().map(|text| (text.hash().to_string(), text.as_str().as_bytes().to_vec())).collect();
            match db.append(number, &entry.encode(), &texts).await {
                Ok(()) => {
                    let mut inner = self.inner.borrow_mut();
                    inner.queue.pop_front();
                    inner.next += 1;
                    inner.kept += 1;
                }
                Err(error) if is_constraint(&error) => {
                    self.inner.borrow_mut().blocked = Some(words::OTHER_TAB.into());
                    self.news.emit(Command::NotStored(words::OTHER_TAB.into()));
                    break;
                }
                Err(error) => {
                    self.news.emit(Command::NotStored(why(&error).into()));
                    failed = true;
                }
            }
        }
        self.inner.borrow_mut().writing = false;
        if self.is_idle() {
            self.news.emit(Command::Stored);
        }
    }

    /// A connection that failed once may be closed for good: take a new one.
    async fn reopen(&self) {
        if let Ok(db) = Db::open().await {
            self.inner.borrow_mut().db = Some(db);
        }
    }

    /// Makes a snapshot where one is due, and folds the log where it has grown long. The workspace
    /// must be the one after the last committed entry.
    pub fn tidy(&self, workspace: &Workspace) {
        let (db, last, kept, older) = {
            let inner = self.inner.borrow();
            let last = inner.next - 1;
            if !inner.queue.is_empty() || last < inner.last_snapshot + SNAPSHOT_EVERY {
                return;
            }
            let keep = inner.snapshots.len().saturating_sub(1);
            (inner.db.clone(), last, inner.kept, inner.snapshots[..keep].to_vec())
        };
        let Some(db) = db else {
            return;
        };
        self.inner.borrow_mut().last_snapshot = last;
        let (store, bytes) = (self.clone(), record::encode_snapshot(workspace));
        spawn_local(async move {
            if db.snapshot(last, &bytes, &older).await.is_err() {
                return;
            }
            let mut snapshots: Vec<u64> = store.inner.borrow().snapshots.clone();
            snapshots.retain(|number| !older.contains(number));
            snapshots.push(last);
            store.inner.borrow_mut().snapshots = snapshots;
            if kept > FOLD_ABOVE && db.fold(last.saturating_sub(FOLD_TO)).await.is_ok() {
                store.inner.borrow_mut().kept = FOLD_TO as usize;
                store.news.emit(Command::Folded(FOLD_TO as usize));
            }
        });
    }

    /// Keeps where things were left.
    pub fn keep_places(&self, places: &str) {
        let db = self.inner.borrow().db.clone();
        let (Some(db), places) = (db, places.to_owned()) else {
            return;
        };
        spawn_local(async move {
            // Not data: where this fails, an article opens at its top.
            let _ = db.keep("places", &places).await;
        });
    }

    /// Erases everything; the page is loaded anew when it is done.
    pub async fn erase(self) -> Result<(), String> {
        let db = self.inner.borrow_mut().db.take();
        match db {
            Some(db) => db.erase().await.map_err(|error| why(&error)),
            None => Ok(()),
        }
    }
}

impl Opened {
    fn empty(store: Store) -> Self {
        Self {
            state: State::default(),
            writer: clock::new_writer(),
            places: String::new(),
            first_visit: true,
            unreadable: 0,
            store,
        }
    }
}

async fn read(db: Db, contents: Contents, news: Callback<Command>) -> Opened {
    let meta = |name: &str| contents.meta.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
    let texts = TextCache { stored: contents.texts, made: RefCell::default() };
    let find = |hash: &TextHash| texts.get(hash);

    let mut state = State::default();
    let mut based_on = 0;
    for (number, bytes) in contents.snapshots.iter().rev() {
        if let Ok(workspace) = record::decode_snapshot(bytes, &find) {
            state.workspace = workspace;
            based_on = *number;
            break;
        }
    }
    let mut unreadable = 0;
    let mut newer = false;
    for (number, bytes) in &contents.log {
        match Entry::decode(bytes, &find) {
            Ok(entry) if *number > based_on => state.replay(&entry),
            // Older than the snapshot: only what can be undone is needed of it.
            Ok(entry) => state.history.record(&entry),
            Err(RecordError::Newer(_)) => newer = true,
            Err(error) => {
                unreadable += 1;
                web_sys::console::warn_1(&format!("log entry {number}: {error}").into());
            }
        }
    }
    let first_visit = contents.log.is_empty() && contents.snapshots.is_empty();
    let blocked = newer.then(|| words::NEWER_STORE.into());
    let store = Store::new(Some(db.clone()), blocked, news);
    {
        let mut inner = store.inner.borrow_mut();
        let last = contents.log.last().map_or(0, |(number, _)| *number);
        inner.next = last.max(based_on) + 1;
        inner.kept = contents.log.len();
        inner.snapshots = contents.snapshots.iter().map(|(number, _)| *number).collect();
        inner.last_snapshot = based_on;
    }
    let places = meta("places").unwrap_or_default();
    let writer = match meta("writer") {
        Some(writer) => WriterId::new(writer),
        None => {
            // Not waited for: whoever comes back without it is a new writer, and no id is there twice.
            let writer = clock::new_writer();
            let kept = writer.clone();
            spawn_local(async move { drop(db.keep("writer", kept.as_str()).await) });
            writer
        }
    };
    Opened { state, writer, places, first_visit, unreadable, store }
}

/// Stored texts, each made at most once.
struct TextCache {
    stored: Vec<(String, Vec<u8>)>,
    made: RefCell<Vec<Rc<Text>>>,
}

impl TextCache {
    fn get(&self, hash: &TextHash) -> Option<Rc<Text>> {
        if let Some(text) = self.made.borrow().iter().find(|text| text.hash() == hash) {
            return Some(text.clone());
        }
        let (_, stored) = self.stored.iter().find(|(name, _)| name == hash.as_str())?;
        let content = std::str::from_utf8(stored).ok()?;
        let text = Rc::new(Text::new(content));
        if text.hash() != hash {
            return None;
        }
        self.made.borrow_mut().push(text.clone());
        Some(text)
    }
}

fn is_constraint(error: &idb::Error) -> bool {
    matches!(error, idb::Error::DomException(exception) if exception.name() == "ConstraintError")
}
