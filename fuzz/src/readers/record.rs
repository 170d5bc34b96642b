//! What is stored, and what goes between threads. Other pages of a file's folder can write to a store, so that
//! what is in it is no better than what comes in a file: here the checksum is always right.

use super::project::{decoded, stamp};
use crate::corpus;
use annotator::exchange::{Answer, Intake};
use annotator::formats::{self, Reading, project};
use annotator::model::record::{Entry, EntryKind, decode_snapshot, encode_snapshot};
use annotator::model::{Change, LabelId, Timestamp, Workspace, change};
use annotator::paint::{self, Mark};
use annotator::state::{Command, Filter, State, listing, update};
use annotator::text::{Text, TextHash};
use std::rc::Rc;

fn readings() -> impl Iterator<Item = Reading> {
    [corpus::SMALL, corpus::MEALS].into_iter().map(|file| project::read(file).expect("a valid file"))
}

fn changes(reading: &Reading) -> Rc<[Change]> {
    formats::plan(reading, &Workspace::default(), &stamp().writer, &stamp().now).changes.into()
}

pub(super) fn answers() -> Vec<Vec<u8>> {
    let plan = |reading: Reading| formats::plan(&reading, &Workspace::default(), &stamp().writer, &stamp().now);
    readings().map(|reading| Answer::Read(Intake { plan: Some(plan(reading)), ..Intake::default() }).pack()).collect()
}

pub(super) fn entries() -> Vec<Vec<u8>> {
    let entry = |kind, changes| Entry { kind, title: "step".into(), at: Timestamp::unknown(), next_id: 9, changes };
    let whole = readings().map(|reading| entry(EntryKind::Do, changes(&reading)));
    let single: Vec<Change> = readings().flat_map(|reading| changes(&reading).to_vec()).collect();
    let turned = single.clone().into_iter().map(|change| entry(EntryKind::Undo, [change.inverse()].into()));
    let single = single.into_iter().map(|change| entry(EntryKind::Do, [change].into()));
    whole.chain(single).chain(turned).map(|entry| entry.encode()).collect()
}

pub(super) fn snapshots() -> Vec<Vec<u8>> {
    let workspace = |reading: Reading| {
        let mut workspace = Workspace::default();
        workspace.apply_all(&changes(&reading));
        workspace
    };
    readings()
        .map(|reading| encode_snapshot(&workspace(reading)))
        .chain([encode_snapshot(&Workspace::default())])
        .collect()
}

/// The bytes with the checksum that they should have (CRC-32, ISO-HDLC).
fn sealed(bytes: &[u8]) -> Vec<u8> {
    let content = bytes.get(4..).unwrap_or_default();
    let step = |crc: u32, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
    let crc = !content.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step));
    [&crc.to_le_bytes(), content].concat()
}

thread_local! {
    static TEXTS: Vec<Rc<Text>> = readings().flat_map(|reading| reading.articles).map(|article| article.text.clone()).collect();
}

/// The texts that stand beside what is stored.
fn find(hash: &TextHash) -> Option<Rc<Text>> {
    TEXTS.with(|texts| texts.iter().find(|text| text.hash() == hash).cloned())
}

pub(super) fn answer(bytes: &[u8]) -> bool {
    Answer::unpack(bytes, &Answer::texts(bytes), &Workspace::default()).is_some()
}

pub(super) fn entry(bytes: &[u8]) -> bool {
    let Ok(entry) = Entry::decode(&sealed(bytes), &find) else { return false };
    assert_eq!(Entry::decode(&entry.encode(), &find).as_ref(), Ok(&entry));
    let _ = Entry::decode(bytes, &find);
    let mut state = State::default();
    for seed in entries().iter().take(2) {
        state.replay(&Entry::decode(seed, &find).expect("a valid entry"));
    }
    state.replay(&entry);
    state.replay(&Entry { kind: EntryKind::Continue, ..entry });
    look_at(state);
    true
}

pub(super) fn snapshot(bytes: &[u8]) -> bool {
    let Ok(workspace) = decode_snapshot(&sealed(bytes), &find) else { return false };
    let stored = encode_snapshot(&workspace);
    assert_eq!(decode_snapshot(&stored, &find), Ok(workspace.clone()));
    look_at(State { workspace, ..State::default() });
    true
}

/// Does with a state what the page does: shows, lists, draws, edits, takes back, exports.
fn look_at(mut state: State) {
    let ids: Vec<_> = state.workspace.articles().into_iter().map(|article| article.id.clone()).collect();
    listing::articles(&state);
    for id in ids.into_iter().take(3) {
        let mut send = |command| state = update(&state, &command, &stamp()).0;
        for command in [Command::Open(id), Command::ActivateNext(true), Command::ActivateNext(true)] {
            send(command);
        }
        let Some(text) = state.text().cloned() else { continue };
        let sheet = state.sheet();
        let filter = Filter { query: "a".into(), ..Filter::default() };
        let listed = listing::annotations(&sheet, &text, &filter, &str::to_lowercase, &mut None);
        for annotation in listed.iter().take(20) {
            let label = state.label(&annotation.label);
            let _ = (listing::said_of(label, annotation), listing::warnings(&text, annotation));
            listing::excerpt(&text, annotation.span, 80);
            listing::attribute_groups(label, annotation);
        }
        let mark = |id: &Rc<annotator::model::Annotation>| Mark { id: id.id.clone(), span: id.span };
        let marks: Vec<Mark> = sheet.covering(text.span()).iter().map(mark).collect();
        let drawn: String = paint::runs(text.span(), &marks).iter().map(|run| text.slice(run.span)).collect();
        assert_eq!(drawn, text.as_str());
        paint::lanes(&marks, 3);
        for command in [
            Command::Label(LabelId::new("claim")),
            Command::SelectSpan(text.span()),
            Command::LabelAgain,
            Command::Undo,
            Command::Delete,
        ] {
            state = update(&state, &command, &stamp()).0;
        }
    }
    // A log that was made up may hold steps that can't be taken back.
    while let Some(step) = state.history.last_done().cloned() {
        if !change::fit(&change::inverse(&step.changes), &state.workspace) {
            break;
        }
        state = update(&state, &Command::Undo, &stamp()).0;
    }
    let file = project::write(&state.workspace, None, &stamp().now, "fuzz").content;
    project::read(&decoded(file.as_bytes())).expect("what was written is a project file");
}
