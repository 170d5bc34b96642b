//! The core, natively.

use crate::corpus;
use crate::scaling;
use crate::table::{heading, line, time};
use annotator::formats::{self, project};
use annotator::model::record;
use annotator::model::{LabelId, Workspace};
use annotator::paint::{self, Mark};
use annotator::state::{Command, State, update};
use annotator::text::{Offset, Span, Text, TextIndex, Utf16Offset};

/// Sizes: bytes of text and marks on it.
const SIZES: [(usize, usize); 2] = [(20_000, 300), (1_000_000, 10_000)];

/// Prints the tables.
pub fn run() {
    let states: Vec<State> = SIZES.iter().map(|&(bytes, marks)| corpus::state(bytes, marks)).collect();
    let files: Vec<String> = states.iter().map(corpus::file).collect();
    heading("Core, natively, median of 15 in ms", &["20 KB / 300", "1 MB / 10,000"]);
    let each = |what: &str, work: &dyn Fn(&State, &str) -> f64| {
        let times: Vec<f64> = states.iter().zip(&files).map(|(state, file)| work(state, file)).collect();
        line(what, &times);
    };
    each("take a text: hash, index, lines", &|state, _| time(|| Text::new(content(state))));
    each("count a text", &|state, _| time(|| TextIndex::new(content(state))));
    each("1,000 conversions, code points to UTF-16 and back", &|state, _| time(|| convert(state)));
    each("runs and lanes of every piece", &|state, _| time(|| paint_all(state)));
    each("runs and lanes of one piece", &|state, _| time(|| paint_piece(state, 40)));
    each("add one mark", &|state, _| time(|| add(state)));
    each("write the project file", &|state, _| time(|| corpus::file(state)));
    each("read the project file", &|_, file| time(|| project::read(file)));
    each("read it, plan and apply the import", &|_, file| time(|| import(file)));
    each("write a snapshot", &|state, _| time(|| record::encode_snapshot(&state.workspace)));
    scaling::print(&scaling::rows());
}

fn content(state: &State) -> &str {
    state.text().map_or("", |text| text.as_str())
}

fn convert(state: &State) -> u32 {
    let Some(text) = state.text() else { return 0 };
    let step = text.len().get() / 1_000;
    let there = |i: u32| text.utf16(Offset::new(i * step)).get();
    (0..1_000).map(|i| text.from_utf16(Utf16Offset::new(there(i))).get()).fold(0, u32::wrapping_add)
}

fn paint_all(state: &State) -> usize {
    let pieces = state.text().map_or(0, |text| text.pieces().len());
    (0..pieces).map(|piece| paint_piece(state, piece)).sum()
}

fn paint_piece(state: &State, piece: usize) -> usize {
    let Some(piece) = state.text().and_then(|text| text.pieces().get(piece)) else { return 0 };
    let covering = state.sheet().covering(piece.span);
    let marks: Vec<Mark> = covering.iter().map(|a| Mark { id: a.id.clone(), span: a.span }).collect();
    paint::lanes(&marks, 5).len() + paint::runs(piece.span, &marks).len()
}

fn add(state: &State) -> State {
    let span = Span::between(Offset::new(1_001), Offset::new(1_017));
    update(state, &Command::Annotate(LabelId::new("claim"), span), &corpus::stamp()).0
}

fn import(file: &str) -> usize {
    let Ok(reading) = project::read(file) else { return 0 };
    let stamp = corpus::stamp();
    let mut workspace = Workspace::default();
    let plan = formats::plan(&reading, &workspace, &stamp.writer, &stamp.now);
    plan.changes.iter().for_each(|change| workspace.apply(change));
    workspace.article_count()
}
