//! The core's operations, each to be done in growing amounts.
//!
//! What an operation needs is made beforehand; what it gives back is how many things it dealt with, so
//! that a cost per thing can be told apart from there being more of them.

use crate::corpus;
use crate::shapes::Shape;
use annotator::formats::{self, project};
use annotator::model::record::{decode_snapshot, encode_snapshot};
use annotator::model::{AnnotationId, LabelId, Workspace};
use annotator::paint::{self, Mark};
use annotator::state::{Command, State, update};
use annotator::text::{ByteOffset, Offset, Span, Text, Utf16Offset};

/// The amounts.
pub const SIZES: [usize; 5] = [1, 2, 4, 8, 16];

/// Work that is ready to be done, any number of times.
pub type Work = Box<dyn FnMut() -> u64>;

/// An operation: what it is called, and how it is made ready for so many times the work.
pub struct Operation {
    /// Its name in a table.
    pub name: &'static str,
    /// Makes it ready.
    pub prepare: fn(usize) -> Work,
}

/// All operations.
pub const ALL: &[Operation] = &[
    operation("convert offsets between the units", |size| convert(Shape::News, size)),
    operation("take a text: news", |size| take(Shape::News, size)),
    operation("take a text: one paragraph", |size| take(Shape::OneParagraph, size)),
    operation("take a text: tiny paragraphs", |size| take(Shape::TinyParagraphs, size)),
    operation("runs and lanes of all: news", |size| paint(Shape::News, size)),
    operation("runs and lanes of all: one paragraph", |size| paint(Shape::OneParagraph, size)),
    operation("runs and lanes of all: tiny paragraphs", |size| paint(Shape::TinyParagraphs, size)),
    operation("runs and lanes of all: eight deep", |size| paint(Shape::Nested, size)),
    // Bends up by its nature: each mark tries the lanes of all marks that overlap it, up to 255.
    operation("runs and lanes of one crowded paragraph", |size| paint(Shape::Crowded, size)),
    operation("what covers a span: news", |size| covering(Shape::News, size)),
    operation("what covers a span: eight deep", |size| covering(Shape::Nested, size)),
    operation("what stands at an offset", |size| at(Shape::News, size)),
    operation("the next mark, and the first from an offset", |size| after(Shape::News, size)),
    operation("add a mark", |size| add(Shape::News, size)),
    operation("take a mark and delete it", |size| on_each(Shape::News, size, |_| Command::Delete)),
    operation("take a mark and relabel it", |size| on_each(Shape::News, size, relabel)),
    operation("undo", undo),
    operation("read a project file", |size| read(Shape::News, size)),
    operation("plan an import", |size| plan(size, false)),
    operation("plan an import of what is there", |size| plan(size, true)),
    operation("apply an import", apply),
    operation("write a project file", write),
    operation("write a snapshot", write_snapshot),
    operation("read a snapshot", read_snapshot),
];

const fn operation(name: &'static str, prepare: fn(usize) -> Work) -> Operation {
    Operation { name, prepare }
}

/// Does the work once. A name of its own, by which a profiler finds where the work begins and ends.
#[inline(never)]
pub fn measured(work: &mut Work) -> u64 {
    std::hint::black_box(work())
}

/// Conversions, queries and edits at size 1.
const CONVERSIONS: usize = 2_000;
const QUERIES: usize = 500;
const EDITS: usize = 60;

/// Offsets spread over a text in no order that a cache would like.
fn offsets(text: &Text, count: usize) -> Vec<Offset> {
    let len = u64::from(text.len().get().max(1));
    (0..count as u64).map(|i| Offset::new((i * 2_654_435_761 % len) as u32)).collect()
}

fn convert(shape: Shape, size: usize) -> Work {
    let text = Text::new(shape.text(size));
    let offsets = offsets(&text, CONVERSIONS * size);
    Box::new(move || {
        let there_and_back = |offset: &Offset| {
            let utf16: Utf16Offset = text.utf16(*offset);
            let byte: ByteOffset = text.byte(*offset);
            u64::from(text.from_utf16(utf16) == text.from_byte(byte))
        };
        offsets.iter().map(there_and_back).sum()
    })
}

fn take(shape: Shape, size: usize) -> Work {
    let content = shape.text(size);
    Box::new(move || Text::new(content.as_str()).as_str().len() as u64)
}

/// Gives the number of marks in runs, and of runs: what it costs to say where each is.
fn paint(shape: Shape, size: usize) -> Work {
    let state = shape.state(size);
    Box::new(move || {
        let (Some(text), sheet) = (state.text(), state.sheet()) else { return 0 };
        let pieces = text.pieces().iter().map(|piece| {
            let covering = sheet.covering(piece.span);
            let marks: Vec<Mark> = covering.iter().map(|a| Mark { id: a.id.clone(), span: a.span }).collect();
            let runs = paint::runs(piece.span, &marks);
            (paint::lanes(&marks, 5).len() + runs.iter().map(|run| run.marks.len() + 1).sum::<usize>()) as u64
        });
        pieces.sum()
    })
}

fn covering(shape: Shape, size: usize) -> Work {
    ask(shape, size, |state, offset| state.sheet().covering(Span::between(offset, offset.plus(300))).len())
}

fn at(shape: Shape, size: usize) -> Work {
    ask(shape, size, |state, offset| state.sheet().at(offset).len())
}

fn after(shape: Shape, size: usize) -> Work {
    ask(shape, size, |state, offset| {
        let sheet = state.sheet();
        let next = sheet.first_from(offset).and_then(|first| sheet.after(first));
        usize::from(next.is_some())
    })
}

fn ask(shape: Shape, size: usize, question: fn(&State, Offset) -> usize) -> Work {
    let state = shape.state(size);
    let offsets = state.text().map(|text| offsets(text, QUERIES * size)).unwrap_or_default();
    Box::new(move || {
        let found: usize = offsets.iter().map(|&offset| question(&state, offset)).sum();
        std::hint::black_box(found);
        offsets.len() as u64
    })
}

fn add(shape: Shape, size: usize) -> Work {
    let state = shape.state(size);
    let offsets = state.text().map(|text| offsets(text, EDITS * size)).unwrap_or_default();
    let commands = move |at: Offset| vec![Command::Annotate(LabelId::new("claim"), Span::between(at, at.plus(23)))];
    edits(state, offsets.into_iter().map(commands).collect())
}

/// Takes a mark in hand, one after the other, and gives a command.
fn on_each(shape: Shape, size: usize, command: fn(usize) -> Command) -> Work {
    let state = shape.state(size);
    let all: Vec<AnnotationId> = state.sheet().iter().map(|mark| mark.id.clone()).collect();
    let few = all.into_iter().step_by(10).take(EDITS * size).enumerate();
    edits(state, few.map(|(i, id)| vec![Command::Activate(Some(id)), command(i)]).collect())
}

fn relabel(i: usize) -> Command {
    Command::Label(LabelId::new(["claim", "entity"][i % 2]))
}

fn undo(size: usize) -> Work {
    let mut state = Shape::News.state(size);
    let commands: Vec<Vec<Command>> = (0..EDITS * size).map(|_| vec![Command::Undo]).collect();
    let spans = state.text().map(|text| offsets(text, EDITS * size)).unwrap_or_default();
    for at in spans {
        let span = Span::between(at, at.plus(23));
        state = update(&state, &Command::Annotate(LabelId::new("claim"), span), &corpus::stamp()).0;
    }
    edits(state, commands)
}

fn edits(state: State, commands: Vec<Vec<Command>>) -> Work {
    let stamp = corpus::stamp();
    Box::new(move || {
        let mut now = state.clone();
        for command in commands.iter().flatten() {
            now = update(&now, command, &stamp).0;
        }
        std::hint::black_box(now.history.depth());
        commands.len() as u64
    })
}

fn read(shape: Shape, size: usize) -> Work {
    let file = corpus::file(&shape.state(size));
    Box::new(move || project::read(&file).map_or(0, |reading| reading.articles.len() as u64 * size as u64))
}

fn plan(size: usize, again: bool) -> Work {
    let state = Shape::News.state(size);
    let reading = project::read(&corpus::file(&state));
    let workspace = if again { state.workspace } else { Workspace::default() };
    let stamp = corpus::stamp();
    Box::new(move || {
        let Ok(reading) = &reading else { return 0 };
        std::hint::black_box(formats::plan(reading, &workspace, &stamp.writer, &stamp.now));
        size as u64
    })
}

fn apply(size: usize) -> Work {
    let stamp = corpus::stamp();
    let reading = project::read(&corpus::file(&Shape::News.state(size)));
    let plan = reading.map(|reading| formats::plan(&reading, &Workspace::default(), &stamp.writer, &stamp.now));
    let plan = plan.map(std::rc::Rc::new);
    Box::new(move || {
        let Ok(plan) = &plan else { return 0 };
        let after = update(&State::default(), &Command::Import(plan.clone()), &stamp).0;
        std::hint::black_box(after.workspace.article_count());
        size as u64
    })
}

fn write(size: usize) -> Work {
    let state = Shape::News.state(size);
    Box::new(move || corpus::file(&state).len() as u64)
}

fn write_snapshot(size: usize) -> Work {
    let state = Shape::News.state(size);
    Box::new(move || encode_snapshot(&state.workspace).len() as u64)
}

fn read_snapshot(size: usize) -> Work {
    let state = Shape::News.state(size);
    let bytes = encode_snapshot(&state.workspace);
    let text = state.text().cloned();
    Box::new(move || {
        let workspace = decode_snapshot(&bytes, &|_| text.clone());
        workspace.map_or(0, |workspace| (workspace.article_count() * size) as u64)
    })
}
