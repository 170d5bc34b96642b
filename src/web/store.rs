//! Keeping the workspace: what the two copies hold becomes a state, what is done becomes entries for them,
//! and what other tabs have written is handed on. How the copies are read and written is the business of
//! `copies.js`; nothing is called saved before it has said so.

use crate::keep::{self, Contents, Findings, Gathered, Key, Marker, Repair};
use crate::model::Workspace;
use crate::model::record::{self, Entry, RecordError};
use crate::state::pending::{Base, Pending};
use crate::state::{Command, Filed};
use crate::text::{Text, TextHash};
use crate::web::app::{Glance, Msg};
use crate::web::clock;
use crate::web::copies::{self, Raw, reason};
use crate::words;
use gloo::timers::callback::Timeout;
use js_sys::Array;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use yew::Callback;

/// A snapshot is made after this many entries.
const SNAPSHOT_EVERY: u64 = 500;
/// The log is folded once it holds this many entries...
const FOLD_ABOVE: u64 = 20_000;
/// ...down to this many, which is how far undo reaches back.
const FOLD_TO: u64 = 10_000;
/// An entry with more changes than this is written in a task of its own.
const MANY: usize = 1_000;

/// What was found on opening.
pub struct Opened {
    /// The workspace and its history.
    pub base: Base,
    /// What is kept beside the log.
    pub beside: Beside,
    /// Whether nothing was ever kept here.
    pub is_first_visit: bool,
    /// What the person should know, as a command.
    pub found: Command,
}

/// What is kept beside the log: no data, and not undone.
#[derive(Default)]
pub struct Beside {
    /// Where things were left; see [`crate::state::places`].
    pub places: String,
    /// What is known of files.
    pub filed: Filed,
    /// The file that is written again and again; may be anything.
    pub file: JsValue,
}

/// Takes changes and keeps them.
#[derive(Clone)]
pub struct Store(Rc<Inner>);

struct Inner {
    glance: Glance,
    tell: Callback<Msg>,
    pending: RefCell<Pending>,
    /// How many of those that wait were not handed over yet.
    unsent: Cell<usize>,
    /// Whether handing over waits for the page to be drawn.
    puts_off: Cell<bool>,
    is_open: Cell<bool>,
    is_saved: Cell<bool>,
    /// Whether what is shown comes from both copies.
    is_whole: Cell<bool>,
    installation: RefCell<String>,
    /// The number of the last entry that is part of the state, and of the last one that is to be.
    last: Cell<u64>,
    coming: Cell<u64>,
    last_snapshot: Cell<u64>,
    /// How many entries the log holds.
    kept: Cell<u64>,
}

impl Store {
    /// Opens what is kept in this browser; `tell` hears what comes of it. Where nothing can be kept, the page
    /// works from memory and says so.
    pub fn open(glance: Glance, tell: Callback<Msg>) -> Self {
        let store = Self(Rc::new(Inner {
            glance,
            tell,
            pending: RefCell::default(),
            unsent: Cell::default(),
            puts_off: Cell::default(),
            is_open: Cell::default(),
            is_saved: Cell::new(true),
            is_whole: Cell::default(),
            installation: RefCell::default(),
            last: Cell::default(),
            coming: Cell::default(),
            last_snapshot: Cell::default(),
            kept: Cell::default(),
        }));
        let hears = store.clone();
        let heard = move |what: String, a, b, c| hears.heard(&what, a, b, c);
        let heard = Closure::<dyn Fn(String, JsValue, JsValue, JsValue) -> JsValue>::new(heard);
        let _ = copies::start(&heard.into_js_value());
        store
    }

    /// Queues an entry and starts writing at once, in the task of the event that made it.
    pub fn append(&self, before: Base, entry: Rc<Entry>) {
        let inner = &self.0;
        let is_large = entry.changes.len() > MANY;
        inner.pending.borrow_mut().push(before, entry);
        inner.unsent.set(inner.unsent.get() + 1);
        inner.is_saved.set(false);
        if is_large && !inner.puts_off.replace(true) {
            // Many marks at once are seen before they are written.
            let store = self.clone();
            Timeout::new(0, move || store.send()).forget();
        } else if !inner.puts_off.get() {
            self.send();
        }
    }

    fn send(&self) {
        let inner = &self.0;
        inner.puts_off.set(false);
        let pending = inner.pending.borrow();
        let sent = pending.len() - inner.unsent.take().min(pending.len());
        let articles = inner.glance.borrow().workspace.article_count() as f64;
        for (_, entry) in pending.iter().skip(sent) {
            let texts = entry.new_texts().map(|text| copies::text(text)).collect();
            copies::append(&entry.encode(), texts, articles);
        }
    }

    /// Whether everything that was done is in both copies.
    pub fn is_idle(&self) -> bool {
        self.0.is_saved.get()
    }

    /// What is not in the log yet.
    pub fn pending(&self) -> Pending {
        self.0.pending.borrow().clone()
    }

    /// What others wrote is part of the state; this waits now in place of what did.
    pub fn requeue(&self, pending: Pending) {
        let inner = &self.0;
        inner.last.set(inner.coming.get());
        inner.unsent.set(pending.len());
        *inner.pending.borrow_mut() = pending;
        copies::act("resume");
        self.send();
    }

    /// Makes a snapshot where one is due, and folds the log where it has grown long.
    pub fn tidy(&self, workspace: &Workspace) {
        let inner = &self.0;
        let last = inner.last.get();
        if self.is_idle() && inner.pending.borrow().is_empty() && last >= inner.last_snapshot.get() + SNAPSHOT_EVERY {
            inner.last_snapshot.set(last);
            let fold = if inner.kept.get() > FOLD_ABOVE { last.saturating_sub(FOLD_TO) } else { 0 };
            copies::snapshot(last as f64, &record::encode_snapshot(workspace), fold as f64);
        }
    }

    /// Keeps where things were left.
    pub fn keep_places(&self, places: &str) {
        copies::keep("places", &places.into());
    }

    /// Keeps what is known of files.
    pub fn keep_filed(&self, filed: &Filed) {
        copies::keep("filed", &filed.to_line().into());
    }

    /// Erases everything; [`Msg::Erased`] says when that is done.
    pub fn erase(&self) {
        copies::act("erase");
    }

    fn heard(&self, what: &str, a: JsValue, b: JsValue, c: JsValue) -> JsValue {
        let inner = &self.0;
        let say = |command: Command| inner.tell.emit(Msg::Ask(command.into()));
        match what {
            "read" => return self.read(&a, &b, &c),
            "news" => return self.news(a.unchecked_ref(), b.unchecked_ref()),
            "logged" => {
                let count = a.as_f64().unwrap_or_default();
                inner.pending.borrow_mut().logged(count as usize);
                inner.last.set(inner.last.get() + count as u64);
                inner.kept.set(inner.kept.get() + count as u64);
            }
            // What was not handed over yet is not known there.
            "saved" if inner.pending.borrow().is_empty() => {
                inner.is_saved.set(true);
                say(Command::Stored);
            }
            "saved" => {}
            "unsaved" => say(Command::Unsaved),
            "folded" => {
                inner.kept.set(FOLD_TO);
                say(Command::Folded(FOLD_TO as usize));
            }
            "filed" => match a.as_string().and_then(|line| Filed::parse(&line)) {
                Some(filed) => {
                    say(Command::FiledElsewhere(filed));
                    return JsValue::TRUE;
                }
                None => return JsValue::FALSE,
            },
            "erased" => inner.tell.emit(Msg::Erased(Ok(()))),
            "unerased" => inner.tell.emit(Msg::Erased(Err(reason(&a, &b)))),
            "newer" => {
                inner.is_saved.set(false);
                say(Command::NotStored(words::NEWER_STORE.into()));
            }
            _ => {
                inner.is_saved.set(false);
                let why = reason(&b, &c);
                let why = if a.as_f64() == Some(0.0) { why } else { words::second_copy(&why) };
                // Whoever waits for a database that does not answer can work meanwhile.
                if why == words::UNANSWERED && !inner.is_open.replace(true) {
                    let found = Command::Found(Rc::default(), 0);
                    let (base, beside) = (Base::default(), Beside::default());
                    inner.tell.emit(Msg::Opened(Box::new(Opened { base, beside, is_first_visit: false, found })));
                }
                say(Command::NotStored(why.into()));
            }
        }
        JsValue::UNDEFINED
    }

    /// Takes what both copies hold, and gives back what is to be done to them.
    fn read(&self, first: &JsValue, second: &JsValue, beside: &JsValue) -> JsValue {
        let inner = &self.0;
        // Two copies that hold the same are handed over once.
        let second = if second.as_bool().is_some() { first } else { second };
        let raw = [first, second].map(Raw::of);
        let one = raw[0].as_ref().map(Raw::contents);
        let other = raw[1].as_ref().filter(|_| first != second).map(Raw::contents);
        let copies = [one.as_ref(), if first == second { one.as_ref() } else { other.as_ref() }];
        let beside = beside.as_string().and_then(|marker| Marker::parse(&marker));
        let own = inner.installation.take();
        if copies.iter().flatten().any(|copy| copy.erased.as_ref() == Some(&own)) {
            return "erased".into();
        }
        let is_blind = beside.is_none() && copies.iter().all(Option::is_none);
        let gathered = keep::gather(copies, beside);
        let base = replayed(&gathered);

        let (last, here) = (gathered.last, inner.last.get());
        let was_open = inner.is_open.replace(true);
        let both = copies.iter().all(Option::is_some);
        let was_whole = inner.is_whole.replace(both || inner.is_whole.get());
        let waits = was_open && (last > here || last == here && both && !was_whole);
        // While the page is open, its memory is whole, whatever became of the copies.
        let is_lost = was_open && !waits && both && (last < here || gathered.snapshot_is_due);
        let known = last.max(here);
        let workspace = match is_lost {
            true => inner.pending.borrow().base(&inner.glance.borrow()).workspace,
            false => base.workspace.clone(),
        };
        let aside = |repairs: &[Repair<'_>]| repairs.iter().filter(|repair| repair.value.is_none()).count();
        let aside = [0, 1].map(|at| raw[at].as_ref().map_or(0, Raw::aside) + aside(&gathered.repairs[at]));
        let steps = gathered.repairs.each_ref().map(|repairs| {
            repairs.iter().map(|repair| copies::step(repair.store, repair.key, repair.value)).collect::<Array>()
        });
        inner.last_snapshot.set(gathered.based_on);
        if is_lost || gathered.snapshot_is_due {
            inner.last_snapshot.set(known);
            let snapshot = record::encode_snapshot(&workspace);
            for steps in &steps {
                steps.push(&copies::step(keep::SNAPSHOTS, Key::Number(known), Some(&snapshot)));
                for article in workspace.articles().into_iter().filter(|_| is_lost) {
                    let (name, text) = (article.text.hash().as_str(), article.text.as_str());
                    steps.push(&copies::step(keep::TEXTS, Key::Name(name), Some(text.as_bytes())));
                }
            }
        }

        inner.kept.set(gathered.entries.len() as u64);
        inner.coming.set(known);
        let installation = gathered.installation.or(Some(own).filter(|own| !own.is_empty()));
        let installation = installation.unwrap_or_else(|| clock::new_writer().to_string());
        inner.installation.replace(installation.clone());
        let mut findings = gathered.findings;
        let is_newer = findings.newer;
        // Whoever can't keep anything sees the first page all the same.
        let is_first_visit = findings.first_visit || is_blind;
        if is_lost {
            findings = Findings { rescued: true, ..Findings::default() };
        }
        let found = Command::Found(Rc::new(findings), aside.into_iter().max().unwrap_or_default());
        if !was_open {
            inner.last.set(known);
            let kept = |name: &str| raw.iter().flatten().find_map(|copy| copy.kept(name)).unwrap_or_default();
            let beside = Beside {
                places: kept("places").as_string().unwrap_or_default(),
                filed: kept("filed").as_string().and_then(|line| Filed::parse(&line)).unwrap_or_default(),
                file: kept("file"),
            };
            inner.tell.emit(Msg::Opened(Box::new(Opened { base, beside, is_first_visit, found })));
        } else {
            if waits {
                inner.tell.emit(Msg::News(Some(base), Vec::new()));
            }
            inner.tell.emit(Msg::Ask(found.into()));
        }
        if is_newer {
            return JsValue::UNDEFINED;
        }
        let erased = [0, 1].map(|at| match (gathered.erase[at], copies[at].and_then(Contents::installation)) {
            (true, Some(installation)) => installation.into(),
            _ => JsValue::UNDEFINED,
        });
        let [erased, erased_second] = &erased;
        let [steps, steps_second] = &steps;
        let articles = workspace.article_count() as f64;
        let answer: [&JsValue; 8] = [
            &installation.into(),
            &(known as f64).into(),
            &waits.into(),
            &articles.into(),
            erased,
            erased_second,
            steps,
            steps_second,
        ];
        answer.into_iter().collect::<Array>().into()
    }

    /// Hands on what others wrote, or gives the name of a text without which it can't be read; true where it
    /// is of a newer version.
    fn news(&self, entries: &Array, texts: &Array) -> JsValue {
        let inner = &self.0;
        let given = |hash: &TextHash| {
            let at = (0..texts.length())
                .step_by(2)
                .find(|at| texts.get(*at).as_string().as_deref() == Some(hash.as_str()))?;
            Some(texts.get(at + 1))
        };
        let find = |hash: &TextHash| match given(hash) {
            Some(bytes) => {
                let text = Text::new(String::from_utf8(copies::bytes(&bytes)).ok()?);
                (text.hash() == hash).then(|| Rc::new(text))
            }
            None => {
                let state = inner.glance.borrow();
                let article = state.workspace.articles().into_iter().find(|article| article.text.hash() == hash)?;
                Some(article.text.clone())
            }
        };
        let mut others = Vec::new();
        for bytes in entries.iter() {
            match Entry::decode(&copies::bytes(&bytes), &find) {
                Ok(entry) => others.push(Rc::new(entry)),
                Err(RecordError::Newer(_)) => return true.into(),
                Err(RecordError::MissingText(hash)) if given(&hash).is_none() => return hash.as_str().into(),
                // It is told when it is opened the next time.
                Err(_) => {}
            }
        }
        let count = u64::from(entries.length());
        inner.coming.set(inner.last.get() + count);
        inner.kept.set(inner.kept.get() + count);
        inner.tell.emit(Msg::News(None, others));
        JsValue::UNDEFINED
    }
}

/// What comes of a log.
fn replayed(gathered: &Gathered<'_>) -> Base {
    let mut base = Base { workspace: gathered.workspace.clone(), ..Base::default() };
    for (number, entry) in &gathered.entries {
        match *number > gathered.based_on {
            true => base.replay(entry),
            // Older than the snapshot: only what can be undone is needed of it.
            false => base.history.record(entry),
        }
    }
    base
}
