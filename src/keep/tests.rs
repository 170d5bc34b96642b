//! Two copies, damaged in every way, against an oracle that knows what was written.

use super::*;
use crate::model::record::{self, Entry, EntryKind, RecordError, encode_snapshot};
use crate::model::*;
use crate::text::{Offset, Span, Text, TextHash};
use proptest::prelude::*;
use std::rc::Rc;

const TEXT: &str = "We open at nine, said the mayor of a town with many words to mark in it.";

/// A log of some entries: an article, then a mark in each.
fn written(entries: u64) -> Vec<Entry> {
    let at = Timestamp::unknown;
    let id = ArticleId::new("t-w-00001");
    let article = Article {
        id: id.clone(),
        text: Rc::new(Text::new(TEXT)),
        title: "Opening".into(),
        source: String::new(),
        date: String::new(),
        byline: String::new(),
        extractor: String::new(),
        encoding: String::new(),
        done: false,
        created: at(),
        changed: at(),
        extra: Extra::default(),
    };
    let sheet = SheetKey { article: id, annotator: AnnotatorCode::default() };
    let mark = |number: u64| {
        let start = Offset::new(number as u32 % 40);
        let id = AnnotationId::new(format!("a-w-{number:05}"));
        let annotation = Annotation::new(id, LabelId::new("quote"), Span::between(start, start.plus(3)), at());
        Change::Annotation { sheet: sheet.clone(), before: None, after: Some(Rc::new(annotation)) }
    };
    let change = |number: u64| match number {
        1 => Change::Article { before: None, after: Some(Rc::new(article.clone())) },
        _ => mark(number),
    };
    let entry = |number: u64| Entry {
        kind: EntryKind::Do,
        title: format!("step {number}").into(),
        at: at(),
        next_id: number,
        changes: [change(number)].into(),
    };
    (1..=entries).map(entry).collect()
}

fn workspace(entries: &[Entry]) -> Workspace {
    let mut workspace = Workspace::default();
    entries.iter().for_each(|entry| workspace.apply_entry(entry));
    workspace
}

/// A copy that holds a log, with snapshots after some of its entries.
fn copy(entries: &[Entry], snapshots: &[usize]) -> Contents {
    let text = Text::new(TEXT);
    Contents {
        log: (1..).zip(entries.iter().map(Entry::encode)).collect(),
        snapshots: snapshots.iter().map(|&at| (at as u64, encode_snapshot(&workspace(&entries[..at])))).collect(),
        texts: vec![(text.hash().to_string(), TEXT.as_bytes().to_vec())],
        marker: Some(Marker { installation: "one".into(), last: entries.len() as u64, articles: 1 }),
        erased: None,
    }
}

/// Does to a copy what has to be done, as the browser layer would.
fn repaired(copy: &Contents, repairs: &[Repair<'_>], erase: bool, marker: Option<Marker>) -> (Contents, usize) {
    let mut copy = if erase { Contents { erased: copy.erased.clone(), ..Contents::default() } } else { copy.clone() };
    let mut aside = 0;
    for Repair { store, key, value } in repairs {
        let found = match key {
            Key::Name(name) => {
                copy.texts.retain(|(other, _)| other != name);
                copy.texts.extend(value.map(|value| ((*name).to_owned(), value.to_vec())));
                copy.texts.sort();
                continue;
            }
            Key::Number(number) => number,
        };
        let records = if *store == LOG { &mut copy.log } else { &mut copy.snapshots };
        let was = records.len();
        records.retain(|(number, _)| number != found);
        aside += usize::from(value.is_none() && records.len() < was);
        records.extend(value.map(|value| (*found, value.to_vec())));
        records.sort();
    }
    copy.marker = marker;
    (copy, aside)
}

/// What comes of a gathering when all is replayed.
fn replayed(gathered: &Gathered<'_>) -> Workspace {
    let mut workspace = gathered.workspace.clone();
    for (_, entry) in gathered.entries.iter().filter(|(number, _)| *number > gathered.based_on) {
        workspace.apply_entry(entry);
    }
    workspace
}

fn numbers(gathered: &Gathered<'_>) -> Vec<u64> {
    gathered.entries.iter().map(|(number, _)| *number).collect()
}

/// Gathers, holds the outcome against what is expected to be left, repairs, and gathers again: then both
/// copies are whole and the same.
fn check(copies: [&Contents; 2], beside: Option<Marker>, entries: &[Entry], left: &[u64]) -> Findings {
    let gathered = gather(copies.map(Some), beside.clone());
    assert_eq!(numbers(&gathered), left);
    for (number, entry) in &gathered.entries {
        assert_eq!(entry, &entries[*number as usize - 1], "entry {number} is as it was written");
    }
    let here = replayed(&gathered);
    let last = gathered.last;
    let marker = gathered.installation.clone().map(|installation| Marker { installation, last, articles: 1 });
    let mut whole = [0, 1].map(|at| repaired(copies[at], &gathered.repairs[at], gathered.erase[at], marker.clone()).0);
    if gathered.snapshot_is_due {
        whole.iter_mut().for_each(|copy| {
            copy.snapshots.retain(|(number, _)| *number != last);
            copy.snapshots.push((last, encode_snapshot(&here)));
        });
    }
    assert_eq!(whole[0], whole[1]);
    let again = gather([Some(&whole[0]), Some(&whole[1])], beside);
    let nothing: [Vec<Repair<'_>>; 2] = Default::default();
    assert_eq!(again.repairs, nothing, "once is enough");
    assert_eq!(numbers(&again), left);
    assert_eq!(replayed(&again), here);
    let first_visit = gathered.findings.first_visit;
    assert_eq!(again.findings, Findings { first_visit, ..Findings::default() }, "nothing is told twice");
    gathered.findings
}

#[test]
fn two_whole_copies_need_nothing() {
    let entries = written(12);
    let whole = copy(&entries, &[5, 10]);
    let gathered = gather([Some(&whole), Some(&whole)], whole.marker.clone());
    assert_eq!((gathered.based_on, gathered.last), (10, 12));
    assert_eq!(replayed(&gathered), workspace(&entries));
    assert_eq!(gathered.findings, Findings::default());
    assert!(gathered.repairs.iter().all(Vec::is_empty));
}

#[test]
fn every_truncation_of_the_log_in_either_copy_is_made_good() {
    let entries = written(8);
    let whole = copy(&entries, &[3, 6]);
    let all: Vec<u64> = (1..=8).collect();
    for kept in 0..=8 {
        let mut short = whole.clone();
        short.log.truncate(kept);
        short.marker.as_mut().expect("it has one").last = kept as u64;
        for copies in [[&short, &whole], [&whole, &short]] {
            let findings = check(copies, whole.marker.clone(), &entries, &all);
            assert_eq!(findings, Findings::default(), "{kept} kept");
        }
        // Cut in both, it ends there, and that is told.
        let mut both = short.clone();
        both.snapshots.retain(|(number, _)| *number <= kept as u64);
        let findings = check([&both, &both], whole.marker.clone(), &entries, &all[..kept]);
        assert_eq!(findings.missing, 8 - kept as u64, "{kept} kept");
    }
}

#[test]
fn a_record_cut_anywhere_in_one_copy_comes_from_the_other_and_cut_in_both_it_is_set_aside() {
    let entries = written(5);
    let whole = copy(&entries, &[]);
    for len in 0..whole.log[2].1.len() {
        let mut cut = whole.clone();
        cut.log[2].1.truncate(len);
        for copies in [[&cut, &whole], [&whole, &cut]] {
            let findings = check(copies, None, &entries, &[1, 2, 3, 4, 5]);
            assert_eq!(findings, Findings { mended: 1, ..Findings::default() });
        }
        let findings = check([&cut, &cut], None, &entries, &[1, 2, 4, 5]);
        assert_eq!(findings, Findings { damaged: 1, ..Findings::default() });
        let gathered = gather([Some(&cut), Some(&cut)], None);
        let aside = [Repair { store: LOG, key: Key::Number(3), value: None }];
        assert!(gathered.repairs.iter().all(|repairs| *repairs == aside), "{:?}", gathered.repairs);
    }
}

#[test]
fn a_wipe_is_told_from_a_first_visit() {
    let entries = written(4);
    let (whole, blank) = (copy(&entries, &[2]), Contents::default());
    let marker = whole.marker.clone();
    let all = [1, 2, 3, 4];
    for copies in [[&whole, &blank], [&blank, &whole]] {
        for beside in [marker.clone(), None] {
            let findings = check(copies, beside, &entries, &all);
            assert_eq!(findings, Findings { restored: true, ..Findings::default() });
        }
    }
    let findings = check([&blank, &blank], marker, &entries, &[]);
    assert_eq!(findings, Findings { gone: Some(1), ..Findings::default() });
    let findings = check([&blank, &blank], None, &entries, &[]);
    assert_eq!(findings, Findings { first_visit: true, ..Findings::default() });
    // Whoever used the app before it kept two copies has no marker and has lost nothing.
    let before = Contents { marker: None, ..whole.clone() };
    assert_eq!(check([&before, &blank], None, &entries, &all), Findings::default());
}

#[test]
fn a_copy_that_can_not_be_opened_is_neither_repaired_nor_called_lost() {
    let entries = written(4);
    let whole = copy(&entries, &[2]);
    for copies in [[Some(&whole), None], [None, Some(&whole)]] {
        let gathered = gather(copies, whole.marker.clone());
        assert_eq!(replayed(&gathered), workspace(&entries));
        assert_eq!(gathered.findings, Findings::default());
        assert!(gathered.repairs.iter().all(Vec::is_empty));
    }
    // What is damaged or missing in one of them may be whole in the other.
    let mut damaged = whole.clone();
    damaged.log.truncate(3);
    damaged.log[2].1.clear();
    for copies in [[Some(&damaged), None], [None, Some(&damaged)]] {
        let gathered = gather(copies, whole.marker.clone());
        assert!(gathered.repairs.iter().all(Vec::is_empty));
        assert_eq!(gathered.findings, Findings { damaged: 1, ..Findings::default() });
        assert!(!gathered.snapshot_is_due);
    }
    let blank = Contents::default();
    for copies in [[None, None], [Some(&blank), None], [None, Some(&blank)]] {
        let gathered = gather(copies, whole.marker.clone());
        assert_eq!((gathered.last, gathered.entries.len()), (4, 0), "no number is given twice");
        assert_eq!(gathered.findings, Findings::default());
    }
}

#[test]
fn what_was_erased_stays_erased_even_where_erasing_was_interrupted() {
    let entries = written(4);
    let whole = copy(&entries, &[2]);
    let erased = Contents { erased: Some("one".into()), ..Contents::default() };
    for copies in [[&erased, &whole], [&whole, &erased], [&erased, &erased]] {
        let gathered = gather(copies.map(Some), whole.marker.clone());
        assert!(gathered.findings.first_visit, "{:?}", gathered.findings);
        assert_eq!((gathered.last, gathered.entries.len()), (0, 0));
        assert_eq!(gathered.erase, copies.map(|copy| !copy.log.is_empty()));
    }
    // What was begun afterwards is another installation.
    let mut anew = whole.clone();
    anew.erased = Some("another".into());
    assert_eq!(check([&anew, &anew], anew.marker.clone(), &entries, &[1, 2, 3, 4]), Findings::default());
}

#[test]
fn two_workspaces_are_not_mixed() {
    let entries = written(6);
    let own = copy(&entries, &[3]);
    let mut other = copy(&written(9), &[]);
    other.marker.as_mut().expect("it has one").installation = "two".into();
    let all = [1, 2, 3, 4, 5, 6];
    for copies in [[&own, &other], [&other, &own]] {
        let findings = check(copies, own.marker.clone(), &entries, &all);
        assert_eq!(findings, Findings { foreign: 9, ..Findings::default() });
    }
    // With nothing to tell them apart, the longer one is taken.
    let gathered = gather([Some(&own), Some(&other)], None);
    assert_eq!((gathered.last, gathered.installation.as_deref()), (9, Some("two")));
}

#[test]
fn a_newer_version_stops_all_writing() {
    let entries = written(3);
    let whole = copy(&entries, &[]);
    let mut newer = whole.clone();
    newer.log[2].1 = record::of_version(99);
    assert_eq!(Entry::decode(&newer.log[2].1, &|_| None), Err(RecordError::Newer(99)));
    newer.log[1].1.clear();
    for copies in [[&newer, &whole], [&whole, &newer], [&newer, &newer]] {
        let gathered = gather(copies.map(Some), None);
        assert!(gathered.findings.newer);
        assert!(gathered.repairs.iter().all(Vec::is_empty));
    }
}

#[test]
fn a_text_that_is_damaged_in_both_copies_takes_its_article_with_it_and_nothing_else() {
    let mut entries = written(6);
    let other = Rc::new(Text::new("Another text."));
    let Change::Article { after: Some(article), .. } = &entries[0].changes[0] else { panic!("an article") };
    let article = Article { id: ArticleId::new("t-w-00002"), text: other.clone(), ..Article::clone(article) };
    entries[4].changes = [Change::Article { before: None, after: Some(Rc::new(article)) }].into();
    let mut whole = copy(&entries, &[]);
    whole.texts.push((other.hash().to_string(), other.as_str().as_bytes().to_vec()));
    whole.texts.sort();
    let mut damaged = whole.clone();
    let text = damaged.texts.iter_mut().find(|(name, _)| name == other.hash().as_str()).expect("it is there");
    text.1[3] ^= 1;
    for copies in [[&damaged, &whole], [&whole, &damaged]] {
        let findings = check(copies, None, &entries, &[1, 2, 3, 4, 5, 6]);
        assert_eq!(findings, Findings { mended: 1, ..Findings::default() });
    }
    let findings = check([&damaged, &damaged], None, &entries, &[1, 2, 3, 4, 6]);
    assert_eq!(findings, Findings { damaged: 2, ..Findings::default() }, "the entry and the text");
}

/// A way to damage a copy.
#[derive(Clone, Debug)]
enum Harm {
    Flip(prop::sample::Index, prop::sample::Index, u8),
    Cut(prop::sample::Index, prop::sample::Index),
    Lose(prop::sample::Index),
    Strange(prop::sample::Index, Vec<u8>),
    LoseTail(prop::sample::Index),
    LoseSnapshots,
    FlipSnapshot(prop::sample::Index, prop::sample::Index),
    Wipe,
}

fn harm() -> impl Strategy<Value = Harm> {
    let index = any::<prop::sample::Index>;
    prop_oneof![
        4 => (index(), index(), 1u8..).prop_map(|(at, byte, bits)| Harm::Flip(at, byte, bits)),
        2 => (index(), index()).prop_map(|(at, len)| Harm::Cut(at, len)),
        2 => index().prop_map(Harm::Lose),
        1 => (index(), prop::collection::vec(any::<u8>(), 0..40)).prop_map(|(at, bytes)| Harm::Strange(at, bytes)),
        1 => index().prop_map(Harm::LoseTail),
        1 => Just(Harm::LoseSnapshots),
        2 => (index(), index()).prop_map(|(at, byte)| Harm::FlipSnapshot(at, byte)),
        1 => Just(Harm::Wipe),
    ]
}

fn damage(copy: &mut Contents, harm: &Harm) {
    let (log, snapshots) = (copy.log.len(), copy.snapshots.len());
    match harm {
        Harm::Wipe => *copy = Contents::default(),
        Harm::LoseSnapshots => copy.snapshots.clear(),
        Harm::FlipSnapshot(at, byte) if snapshots > 0 => {
            let bytes = &mut copy.snapshots[at.index(snapshots)].1;
            let len = bytes.len();
            bytes[byte.index(len)] ^= 0x10;
        }
        Harm::LoseTail(at) if log > 0 => copy.log.truncate(at.index(log)),
        Harm::Lose(at) if log > 0 => drop(copy.log.remove(at.index(log))),
        Harm::Strange(at, bytes) if log > 0 => copy.log[at.index(log)].1.clone_from(bytes),
        Harm::Cut(at, len) if log > 0 => {
            let bytes = &mut copy.log[at.index(log)].1;
            let to = len.index(bytes.len().max(1));
            bytes.truncate(to);
        }
        Harm::Flip(at, byte, bits) if log > 0 => {
            let bytes = &mut copy.log[at.index(log)].1;
            if !bytes.is_empty() {
                let len = bytes.len();
                bytes[byte.index(len)] ^= bits;
            }
        }
        _ => {}
    }
}

proptest! {
    /// The oracle knows what was written, and takes whatever stands as it was written in any copy.
    #[test]
    fn nothing_that_is_whole_anywhere_is_lost(
        len in 1u64..14,
        snapshots in prop::collection::btree_set(1usize..14, 0..3),
        harms in prop::collection::vec((0usize..2, harm()), 0..8),
        beside in any::<bool>(),
    ) {
        let entries = written(len);
        let snapshots: Vec<usize> = snapshots.into_iter().filter(|&at| at as u64 <= len).collect();
        let whole = copy(&entries, &snapshots);
        let mut copies = [whole.clone(), whole.clone()];
        for (at, harm) in &harms {
            damage(&mut copies[*at], harm);
        }
        let bytes = |number: u64| &whole.log[number as usize - 1];
        let left: Vec<u64> =
            (1..=len).filter(|&number| copies.iter().any(|copy| copy.log.contains(bytes(number)))).collect();
        let text_is_left = copies.iter().any(|copy| !copy.texts.is_empty());
        let left = if text_is_left { left } else { Vec::new() };
        let beside = beside.then(|| whole.marker.clone()).flatten();
        let findings = check([&copies[0], &copies[1]], beside.clone(), &entries, &left);

        let base = whole.snapshots.iter().rev().find(|snapshot| copies.iter().any(|copy| copy.snapshots.contains(snapshot)));
        let gathered = gather([Some(&copies[0]), Some(&copies[1])], beside);
        prop_assert_eq!(gathered.based_on, base.map_or(0, |(number, _)| *number));
        if left.len() as u64 == len || base.is_some_and(|(number, _)| (*number + 1..=len).all(|n| left.contains(&n))) {
            prop_assert_eq!(replayed(&gathered), workspace(&entries));
            prop_assert_eq!(findings.missing, 0);
        } else {
            prop_assert!(gathered.snapshot_is_due || findings.first_visit, "{:?}", findings);
        }
    }

    #[test]
    fn no_contents_are_too_strange(
        records in prop::collection::vec((0u64..5, prop::collection::vec(any::<u8>(), 0..30), any::<[bool; 3]>()), 0..12),
        installations in any::<[Option<bool>; 3]>(),
    ) {
        let mut copies = [Contents::default(), Contents::default()];
        for (number, bytes, [which, is_log, is_text]) in records {
            let copy = &mut copies[usize::from(which)];
            match (is_text, is_log) {
                (true, _) => copy.texts.push((TextHash::of(&number.to_string()).to_string(), bytes)),
                (_, true) => copy.log.push((number, bytes)),
                _ => copy.snapshots.push((number, bytes)),
            }
        }
        let marker = |which: bool| Marker { installation: format!("{which}"), last: 3, articles: 1 };
        for (copy, which) in copies.iter_mut().zip(installations) {
            copy.marker = which.map(marker);
            copy.log.sort();
            copy.log.dedup_by_key(|(number, _)| *number);
            copy.snapshots.sort();
            copy.snapshots.dedup_by_key(|(number, _)| *number);
            copy.texts.sort();
            copy.texts.dedup_by_key(|(name, _)| name.clone());
        }
        let gathered = gather([Some(&copies[0]), Some(&copies[1])], installations[2].map(marker));
        prop_assert!(gathered.entries.is_empty());
    }

    #[test]
    fn a_marker_comes_back_and_nothing_else_is_one(installation in "[a-z0-9]{1,32}", last in 1u64..1 << 50, articles in any::<u64>(), text in any::<String>()) {
        let marker = Marker { installation, last, articles };
        let written = format!("{} {} {}", marker.installation, marker.last, marker.articles);
        prop_assert_eq!(Marker::parse(&written), Some(marker));
        prop_assert_eq!(Marker::parse(&format!("{written} x")), None);
        Marker::parse(&text);
    }
}
