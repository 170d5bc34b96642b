//! Articles to measure with: news-like text and marks, made by rule, the same in every run.

use annotator::formats::project;
use annotator::model::{LabelId, Timestamp, WriterId};
use annotator::state::{Command, NewArticle, Stamp, State, update};
use annotator::text::{Offset, Span, Text, snap};
use std::rc::Rc;

/// Sentences of about the length and the mixture of a news report.
const SENTENCES: &[&str] = &[
    "The council of Millford voted nine to four on Thursday to stop work on the bridge, a project that has cost 41 million so far. ",
    "“We were promised a crossing that would pay for itself in ten years,” said Lena Itō, who moved the motion. ",
    "Passenger numbers have doubled since 2024, according to the operator’s own figures. ",
    "A spokesman declined to say how many people would lose their jobs 👷. ",
    "The firm said in a statement that the delays were “entirely the result of decisions taken on shore”. ",
    "Work stops on Monday. ",
];
/// Sentences of a paragraph.
const PARAGRAPH: usize = 4;

/// A text of at least so many bytes, in paragraphs.
pub fn text(bytes: usize) -> String {
    let mut out = String::with_capacity(bytes + 600);
    let mut sentence = 0;
    while out.len() < bytes {
        for _ in 0..PARAGRAPH {
            // A step that is no divisor of the number of sentences: paragraphs differ.
            out.push_str(SENTENCES[(sentence * 5 + sentence / 7) % SENTENCES.len()]);
            sentence += 1;
        }
        out.push_str("\n\n");
    }
    out
}

/// A state with an article of so many bytes open, and so many marks on it: three in five are entities of a
/// word or two, one a claim, one a quote around them.
pub fn state(bytes: usize, marks: usize) -> State {
    let stamp = stamp();
    let text = Rc::new(Text::new(text(bytes)));
    let new = NewArticle { text: text.clone(), fallback_title: "Bench".into(), encoding: String::new() };
    let mut state = update(&State::default(), Command::Load(vec![new]), &stamp).0;
    let step = text.len().get() / (marks as u32 + 1);
    for i in 0..marks as u32 {
        let (label, length) = match i % 5 {
            0 => ("quote", 140),
            1 => ("claim", 60),
            _ => ("entity", 9),
        };
        let start = Offset::new(i * step);
        let span = snap::snap_to_words(&text, Span::between(start, start.plus(length)));
        state = update(&state, Command::Annotate(LabelId::new(label), span), &stamp).0;
    }
    state
}

/// The project file of a state.
pub fn file(state: &State) -> String {
    project::write(&state.workspace, None, &Timestamp::unknown(), "bench").content
}

/// A moment and a writer that are always the same.
pub fn stamp() -> Stamp {
    Stamp { now: Timestamp::unknown(), writer: WriterId::new("bench") }
}
