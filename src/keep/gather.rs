//! Two copies in, one workspace out: every record comes from the copy where it is whole.
//!
//! What is damaged in both copies is set aside, and what comes after it still counts. Nothing that is
//! whole is ever lost, and nothing is thrown away: a record that gives way to another is set aside too.

use super::{Contents, LOG, Marker, Record, SNAPSHOTS, TEXTS};
use crate::model::Workspace;
use crate::model::record::{self, Entry, RecordError, Texts};
use crate::text::{Text, TextHash};
use std::cell::RefCell;
use std::rc::Rc;

/// What two copies hold together.
#[derive(Debug)]
pub struct Gathered<'a> {
    /// The workspace as the newest whole snapshot has it; an empty one where there is none.
    pub workspace: Workspace,
    /// The number of the entry after which that snapshot was made, or nought.
    pub based_on: u64,
    /// All whole entries in their order, those before the snapshot among them.
    pub entries: Vec<(u64, Entry)>,
    /// The last number that was ever given to an entry.
    pub last: u64,
    /// The installation, where something was kept.
    pub installation: Option<String>,
    /// For each copy, what must be done so that it holds all, in this order.
    pub repairs: [Vec<Repair<'a>>; 2],
    /// For each copy, whether all in it is to be erased first.
    pub erase: [bool; 2],
    /// Whether the log has lost something, so that a snapshot of what is left must stand in its place, under
    /// the last number.
    pub snapshot_is_due: bool,
    /// What to tell the person.
    pub findings: Findings,
}

/// One thing to be done to a copy.
#[derive(Clone, Debug, PartialEq)]
pub struct Repair<'a> {
    /// Which part of it.
    pub store: &'static str,
    /// Which record.
    pub key: Key<'a>,
    /// What it must be; without it the record is moved aside.
    pub value: Option<&'a [u8]>,
}

/// By what a record is found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Key<'a> {
    /// A number.
    Number(u64),
    /// A name.
    Name(&'a str),
}

/// What was found on opening that the person should know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// Whether nothing was ever kept here.
    pub first_visit: bool,
    /// Whether a newer version of the app has written here. Nothing may be written then.
    pub newer: bool,
    /// Whether one copy was lost as a whole and the other holds all.
    pub restored: bool,
    /// How many damaged records were whole in the other copy.
    pub mended: usize,
    /// How many records are damaged wherever they stand; they are set aside.
    pub damaged: usize,
    /// How many entries are missing.
    pub missing: u64,
    /// How many records belong to another workspace; they are set aside.
    pub foreign: usize,
    /// Where all was lost, how many articles there were.
    pub gone: Option<u64>,
    /// Whether the copies were lost while the page was open, which has written them again.
    pub rescued: bool,
}

/// What is to be thought of a record.
#[derive(Clone, Copy, PartialEq)]
enum Verdict {
    Whole,
    Damaged,
    Newer,
}

impl Verdict {
    fn of<T>(read: &Result<T, RecordError>) -> Self {
        match read {
            Ok(_) => Self::Whole,
            Err(RecordError::Newer(_)) => Self::Newer,
            Err(_) => Self::Damaged,
        }
    }
}

/// What stands in each copy under one key.
type Found<'a> = [Option<&'a [u8]>; 2];

/// Puts together what is kept: two copies, `None` for one that can't be opened, and the marker that stands
/// beside both.
pub fn gather<'a>(copies: [Option<&'a Contents>; 2], beside: Option<Marker>) -> Gathered<'a> {
    let erased: Vec<&str> = copies.iter().flatten().filter_map(|copy| copy.erased.as_deref()).collect();
    let beside = beside.filter(|marker| !erased.contains(&marker.installation.as_str()));
    let mut gathering = Gathering { copies, ..Gathering::default() };
    // Erasing was interrupted where a copy of what was erased is left.
    let erase =
        copies.map(|copy| copy.and_then(Contents::installation).filter(|installation| erased.contains(installation)));
    for at in [0, 1] {
        if erase[at].is_some() {
            gathering.copies[at] = Some(const { &BLANK });
        }
    }
    if let Some(at) = stranger(gathering.copies, beside.as_ref()) {
        gathering.set_all_aside(at);
    }
    gathering.all(beside, erase.map(|erased| erased.is_some()))
}

/// What a copy holds in which nothing was ever kept.
const BLANK: Contents =
    Contents { log: Vec::new(), snapshots: Vec::new(), texts: Vec::new(), marker: None, erased: None };

/// Which of the copies belongs to another workspace than the other: the one that the marker beside both does
/// not know or, if that says nothing, the one in which less was done.
fn stranger(copies: [Option<&Contents>; 2], beside: Option<&Marker>) -> Option<usize> {
    let [one, two] = copies.map(|copy| copy.and_then(Contents::installation));
    let (one, two) = (one?, two?);
    let known = beside.map(|marker| marker.installation.as_str());
    let last = |at: usize| copies[at].map_or(0, Contents::last);
    match (one == two, known == Some(one), known == Some(two)) {
        (true, ..) => None,
        (_, true, _) => Some(1),
        (_, _, true) => Some(0),
        _ => Some(usize::from(last(0) >= last(1))),
    }
}

#[derive(Default)]
struct Gathering<'a> {
    copies: [Option<&'a Contents>; 2],
    repairs: [Vec<Repair<'a>>; 2],
    findings: Findings,
}

impl<'a> Gathering<'a> {
    fn all(mut self, beside: Option<Marker>, erase: [bool; 2]) -> Gathered<'a> {
        let texts = Stored { copies: self.copies, made: RefCell::default(), damaged: RefCell::default() };
        let find = |hash: &TextHash| texts.get(hash);
        let (workspace, based_on) = self.snapshots(&find);
        let (entries, known) = self.log(&find, based_on);
        self.texts(&texts.damaged.take());

        let copies = || self.copies.into_iter().flatten();
        let beside_last = beside.as_ref().map(|marker| marker.last);
        let last = copies().map(Contents::last).chain(beside_last).max().unwrap_or_default();
        let marker = copies().filter_map(|copy| copy.marker.as_ref()).chain(&beside).next();
        let blank = copies().filter(|copy| copy.is_blank()).count();
        // What one copy lacks may stand in the one that can't be opened.
        let both = copies().count() == 2;
        let findings = &mut self.findings;
        match (blank == copies().count(), &beside) {
            (true, None) => findings.first_visit = blank > 0,
            (true, Some(marker)) => findings.gone = both.then_some(marker.articles),
            // Whoever has used the app before it kept two copies gets the second one without a word.
            (false, _) => findings.restored = blank > 0 && findings.foreign == 0 && marker.is_some(),
        }
        if both && findings.gone.is_none() && !findings.newer {
            findings.missing = (last - based_on).saturating_sub(known);
        }
        if findings.newer || !both {
            self.repairs = Default::default();
        }
        let is_broken = findings.damaged > 0 || findings.missing > 0 || findings.foreign > 0 || findings.gone.is_some();
        let snapshot_is_due = both && is_broken && !findings.newer;
        let installation = marker.map(|marker| marker.installation.clone());
        let Self { repairs, findings, .. } = self;
        Gathered { workspace, based_on, entries, last, installation, repairs, erase, snapshot_is_due, findings }
    }

    /// The newest snapshot that is whole, with its number.
    fn snapshots(&mut self, find: Texts<'_>) -> (Workspace, u64) {
        let mut newest = None;
        for (number, found) in self.both(|copy| &copy.snapshots).into_iter().rev() {
            let mut read = None;
            let is_newest = newest.is_none();
            let verdict = self.settle(SNAPSHOTS, Key::Number(number), found, &mut |bytes| {
                if !is_newest {
                    return Verdict::of(&record::check(bytes));
                }
                let decoded = record::decode_snapshot(bytes, find);
                let verdict = Verdict::of(&decoded);
                read = decoded.ok().or(read.take());
                verdict
            });
            if verdict == Verdict::Whole && is_newest {
                newest = read.map(|workspace| (workspace, number));
            }
        }
        newest.unwrap_or_default()
    }

    /// All whole entries, and of how many behind a number anything is known.
    fn log(&mut self, find: Texts<'_>, behind: u64) -> (Vec<(u64, Entry)>, u64) {
        let (mut entries, mut known) = (Vec::new(), 0);
        for (number, found) in self.both(|copy| &copy.log) {
            let mut read = None;
            self.settle(LOG, Key::Number(number), found, &mut |bytes| {
                let decoded = Entry::decode(bytes, find);
                let verdict = Verdict::of(&decoded);
                read = decoded.ok().or(read.take());
                verdict
            });
            known += u64::from(number > behind);
            entries.extend(read.map(|entry| (number, entry)));
        }
        (entries, known)
    }

    /// Texts that differ between the copies, and those that turned out to be damaged.
    fn texts(&mut self, damaged: &[TextHash]) {
        let of = |copy: Option<&'a Contents>| copy.map_or(&[][..], |copy| &copy.texts);
        let [one, two] = self.copies.map(of);
        let names = one.iter().chain(two.iter().filter(|(name, _)| text(one, name).is_none())).map(|(name, _)| name);
        for name in names {
            let found = [text(one, name), text(two, name)];
            let is_alone = self.copies.iter().any(Option::is_none);
            if (is_alone || found[0] == found[1]) && !damaged.iter().any(|hash| hash.as_str() == name) {
                continue;
            }
            self.settle(TEXTS, Key::Name(name), found, &mut |bytes| match std::str::from_utf8(bytes)
                .is_ok_and(|text| TextHash::of(text).as_str() == name)
            {
                true => Verdict::Whole,
                false => Verdict::Damaged,
            });
        }
    }

    /// What stands in the copies under each number.
    fn both(&self, part: fn(&Contents) -> &[Record]) -> Vec<(u64, Found<'a>)> {
        let lists = self.copies.map(|copy| copy.map_or(&[][..], part));
        let (mut at, mut all) = ([0, 0], Vec::new());
        loop {
            let heads = [0, 1].map(|copy| lists[copy].get(at[copy]));
            let Some(number) = heads.iter().flatten().map(|(number, _)| *number).min() else {
                return all;
            };
            let found = [0, 1].map(|copy| {
                let (_, bytes) = heads[copy].filter(|(head, _)| *head == number)?;
                at[copy] += 1;
                Some(&**bytes)
            });
            all.push((number, found));
        }
    }

    /// Sees to it that each copy holds a record whole, or none of them a damaged one. What the first copy
    /// holds is what `check` sees last.
    fn settle(
        &mut self,
        store: &'static str,
        key: Key<'a>,
        found: Found<'a>,
        check: &mut dyn FnMut(&[u8]) -> Verdict,
    ) -> Verdict {
        let same = found[0] == found[1];
        let second = found[1].filter(|_| !same).map(&mut *check);
        let first = found[0].map(check);
        let verdicts = [first, if same { first } else { second }];
        if verdicts.contains(&Some(Verdict::Newer)) {
            self.findings.newer = true;
            return Verdict::Newer;
        }
        let Some(source) = verdicts.iter().position(|verdict| *verdict == Some(Verdict::Whole)) else {
            self.findings.damaged += 1;
            for at in [0, 1] {
                self.repair(at, Repair { store, key, value: None }, found[at].is_some());
            }
            return Verdict::Damaged;
        };
        let other = 1 - source;
        match verdicts[other] {
            Some(Verdict::Whole) if same => return Verdict::Whole,
            Some(Verdict::Whole) => {
                self.findings.foreign += 1;
                self.repair(other, Repair { store, key, value: None }, true);
            }
            Some(_) => self.findings.mended += 1,
            None => {}
        }
        self.repair(other, Repair { store, key, value: found[source] }, self.copies[other].is_some());
        Verdict::Whole
    }

    fn repair(&mut self, at: usize, repair: Repair<'a>, is_due: bool) {
        if is_due {
            self.repairs[at].push(repair);
        }
    }

    /// Sets aside all that stands in a copy of another workspace.
    fn set_all_aside(&mut self, at: usize) {
        let Some(copy) = self.copies[at].replace(const { &BLANK }) else {
            return;
        };
        for (store, records) in [(LOG, &copy.log), (SNAPSHOTS, &copy.snapshots)] {
            for (number, _) in records {
                self.repair(at, Repair { store, key: Key::Number(*number), value: None }, true);
            }
            self.findings.foreign += records.len();
        }
    }
}

fn text<'a>(texts: &'a [(String, Vec<u8>)], name: &str) -> Option<&'a [u8]> {
    let at = texts.binary_search_by(|(other, _)| other.as_str().cmp(name)).ok()?;
    Some(&texts[at].1)
}

/// Stored texts, each made at most once, from the copy where it is whole.
struct Stored<'a> {
    copies: [Option<&'a Contents>; 2],
    made: RefCell<Vec<Rc<Text>>>,
    damaged: RefCell<Vec<TextHash>>,
}

impl Stored<'_> {
    fn get(&self, hash: &TextHash) -> Option<Rc<Text>> {
        if let Some(text) = self.made.borrow().iter().find(|text| text.hash() == hash) {
            return Some(text.clone());
        }
        let found = self.copies.iter().flatten().find_map(|copy| {
            let content = std::str::from_utf8(text(&copy.texts, hash.as_str())?).ok()?;
            Some(Rc::new(Text::new(content))).filter(|text| text.hash() == hash)
        });
        match &found {
            Some(text) => self.made.borrow_mut().push(text.clone()),
            None => self.damaged.borrow_mut().push(hash.clone()),
        }
        found
    }
}
