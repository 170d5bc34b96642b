//! Project files, and the JSON that they are made of.

use crate::corpus;
use annotator::formats::json::{Document, Json, Kind};
use annotator::formats::{self, Reading, project};
use annotator::limits;
use annotator::model::record::encode_snapshot;
use annotator::model::{SheetKey, Timestamp, Workspace, WriterId};
use annotator::state::view::ImportPreview;
use annotator::state::{Command, Dialog, Effect, NewArticle, Stamp, State, update};
use annotator::text::Text;
use std::rc::Rc;

/// Valid files.
pub(super) fn files() -> Vec<Vec<u8>> {
    [corpus::SMALL, corpus::MEALS, corpus::NOTHING].map(|file| file.as_bytes().to_vec()).into()
}

/// The browser's decoder does the same to what is no UTF-8.
pub(super) fn decoded(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

pub(super) fn stamp() -> Stamp {
    Stamp { now: Timestamp::unknown(), writer: WriterId::new("w") }
}

pub(super) fn json(bytes: &[u8]) -> bool {
    let source = decoded(bytes);
    let document = Document::parse(&source);
    if let Some(damage) = document.damage() {
        assert!(damage.at <= source.len() && source.is_char_boundary(damage.at));
    }
    let Some(root) = document.root() else { return false };
    let mut queue = vec![root];
    let mut met = 0_usize;
    while let Some(value) = queue.pop() {
        met += 1;
        check_value(value, met);
        queue.extend(value.items());
        for (key, value) in value.fields() {
            assert_eq!(key.kind(), Kind::Text);
            queue.push(value);
        }
    }
    assert!(met <= source.len());
    document.damage().is_none()
}

fn check_value(value: Json<'_>, met: usize) {
    assert_eq!(value.text().is_some(), value.kind() == Kind::Text);
    let _ = (value.integer(), value.truth());
    // To ask every one of a hundred thousand in each other takes its time; the first show enough.
    if met < 200 {
        assert!(value.place().line > 0 && value.place().column > 0);
        if let Some(line) = value.compact(limits::DEPTH) {
            assert_eq!(Document::parse(&line).damage(), None, "{line}");
        }
    }
}

/// What holds of every reading.
pub(super) fn check_reading(reading: &Reading) {
    assert_eq!(reading.counts.read, reading.counts.kept + reading.counts.set_aside);
    assert_eq!(reading.sheets.iter().map(|(_, annotations)| annotations.len()).sum::<usize>(), reading.counts.kept);
    for (SheetKey { article, .. }, annotations) in &reading.sheets {
        let article = reading.articles.iter().find(|known| known.id == *article).expect("its article");
        for annotation in annotations {
            assert!(!annotation.span.is_empty() && annotation.span.end() <= article.text.len());
            assert!(annotation.note.chars().count() <= limits::NOTE);
        }
    }
}

fn export(workspace: &Workspace) -> String {
    let written = project::write(workspace, None, &Timestamp::unknown(), "fuzz");
    assert_eq!(written.issues, []);
    written.content
}

/// What an import gives an empty workspace, and the bytes that it is written with.
pub(super) fn take_over(reading: &Reading) -> (Workspace, String) {
    let Stamp { now, writer } = stamp();
    let plan = formats::plan(reading, &Workspace::default(), &writer, &now);
    let mut workspace = Workspace::default();
    for change in &plan.changes {
        assert!(change.fits(&workspace), "{change:?}");
        workspace.apply(change);
    }
    workspace.next_id = plan.next_id;
    let file = export(&workspace);
    (workspace, file)
}

pub(super) fn project(bytes: &[u8]) -> bool {
    let Ok(reading) = project::read(&decoded(bytes)) else { return false };
    check_reading(&reading);
    let (workspace, file) = take_over(&reading);
    // What was read is written so that nothing is wrong with it any more, and comes back the same.
    let again = project::read(&file).expect("what was written is a project file");
    let (workspace_again, file_again) = take_over(&again);
    assert_eq!(again.counts.set_aside + again.counts.moved, 0, "{:?}", again.issues);
    assert_eq!(file_again, file);
    for (one, other) in workspace.articles().into_iter().zip(workspace_again.articles()) {
        assert_eq!(one.text.as_str(), other.text.as_str());
    }
    true
}

fn send(state: &State, command: Command) -> (State, bool) {
    let (state, effects) = update(state, &command, &stamp());
    let kept = effects.iter().any(|effect| matches!(effect, Effect::Persist(_)));
    (state, kept)
}

pub(super) fn import(bytes: &[u8]) -> bool {
    let (text, _) = project::read(corpus::SMALL).map(|small| take_over(&small)).expect("a valid file");
    let mut state = State { workspace: text, ..State::default() };
    let before = encode_snapshot(&state.workspace);
    let source = decoded(bytes);
    let Ok(reading) = project::read(&source) else {
        let why = Dialog::Unreadable { refused: Rc::from([("file".to_owned(), "why".to_owned())]), opened: 0 };
        state = send(&state, Command::ShowDialog(why)).0;
        state = send(&state, Command::CloseDialog).0;
        assert!(encode_snapshot(&state.workspace) == before, "a file that can't be read changed something");
        return false;
    };
    let Stamp { now, writer } = stamp();
    let plan = Rc::new(formats::plan(&reading, &state.workspace, &writer, &now));
    let preview = ImportPreview { files: Vec::new(), plan: plan.clone() };
    state = send(&state, Command::ShowDialog(Dialog::Import(Rc::new(preview)))).0;
    state = send(&state, Command::CloseDialog).0;
    assert!(encode_snapshot(&state.workspace) == before, "a file that nobody agreed to changed something");

    let (taken, kept) = send(&state, Command::Import(plan.clone()));
    assert_eq!(kept, !plan.changes.is_empty());
    export(&taken.workspace);
    if kept {
        // The same plan once more no longer fits: what it adds is there.
        let after = encode_snapshot(&taken.workspace);
        let (again, kept) = send(&taken, Command::Import(plan));
        assert!(!kept && encode_snapshot(&again.workspace) == after, "a plan was carried out twice");
        let (undone, _) = send(&taken, Command::Undo);
        assert_eq!(without_times(&export(&undone.workspace)), without_times(&export(&state.workspace)));
    }
    let text = Rc::new(Text::new(source));
    let (_, kept) =
        send(&state, Command::Load(vec![NewArticle { text, fallback_title: "T".into(), encoding: String::new() }]));
    assert!(kept);
    true
}

/// An undo is a change as well: the articles that it touches bear its time.
fn without_times(file: &str) -> String {
    let varies = |line: &&str| !line.trim_start().starts_with("\"changed\": ");
    file.lines().filter(varies).collect()
}
