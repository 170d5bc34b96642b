//! Articles to measure with: news-like text and marks, and some of unusual shapes, made by rule, the same in every run.
//! Nothing here is measured.

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
    let text = text(bytes);
    let end = text.chars().count() as u32;
    with_marks(text, (0..marks as u32).map(|i| spread(i, 0, end, marks as u32)), true)
}

/// The nth of some marks that lie over a stretch as they do in news: its label, its start and its length.
fn spread(i: u32, start: u32, end: u32, marks: u32) -> (&'static str, u32, u32) {
    let (label, length) = match i % 5 {
        0 => ("quote", 140),
        1 => ("claim", 60),
        _ => ("entity", 9),
    };
    let step = f64::from(end - start) / f64::from(marks + 1);
    (label, start + (f64::from(i) * step) as u32, length)
}

/// A state with an article open and marks on it, widened to words where that is asked for.
fn with_marks(text: String, marks: impl Iterator<Item = (&'static str, u32, u32)>, snaps: bool) -> State {
    let stamp = stamp();
    let text = Rc::new(Text::new(text));
    let new = NewArticle { text: text.clone(), fallback_title: "Bench".into(), encoding: String::new() };
    let mut state = update(&State::default(), &Command::Load(vec![new]), &stamp).0;
    for (label, start, length) in marks {
        let start = Offset::new(start);
        let span = Span::between(start, start.plus(length));
        let span = if snaps { snap::snap_to_words(&text, span) } else { span };
        state = update(&state, &Command::Annotate(LabelId::new(label), span), &stamp).0;
    }
    state
}

/// An article that is not like news.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Everything in one paragraph.
    OneParagraph,
    /// Ten thousand paragraphs of a few words.
    Lines,
    /// Marks inside marks, eight deep.
    Nested,
    /// All marks in the first of many paragraphs.
    Crowded,
    /// Emoji of several code points, and scripts that run from right to left.
    Scripts,
}

/// All of them.
pub const SHAPES: [Shape; 5] = [Shape::OneParagraph, Shape::Lines, Shape::Nested, Shape::Crowded, Shape::Scripts];

/// The marks on each.
const MARKS: u32 = 3_000;
/// The bytes of most.
const BYTES: usize = 200_000;

impl Shape {
    /// How the table calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::OneParagraph => "one paragraph",
            Self::Lines => "10,000 short lines",
            Self::Nested => "nested eight deep",
            Self::Crowded => "all marks in one paragraph",
            Self::Scripts => "emoji, right to left",
        }
    }
}

/// A state with such an article open.
pub fn shape(shape: Shape) -> State {
    let over = |text: String, snaps| {
        let end = text.chars().count() as u32;
        with_marks(text, (0..MARKS).map(move |i| spread(i, 0, end, MARKS)), snaps)
    };
    match shape {
        Shape::OneParagraph => over(text(BYTES).replace("\n\n", ""), true),
        Shape::Lines => over("Work stops on Monday.\n".repeat(10_000), true),
        Shape::Nested => {
            let text = text(BYTES);
            let step = text.chars().count() as u32 / (MARKS / 8 + 1);
            // Each begins three code points after the one around it and ends six before.
            let nested =
                move |i: u32| (["quote", "claim", "entity"][i as usize % 3], i / 8 * step + i % 8 * 3, 90 - i % 8 * 9);
            with_marks(text, (0..MARKS).map(nested), false)
        }
        Shape::Crowded => {
            let first = text(20_000).replace("\n\n", "");
            let end = first.chars().count() as u32;
            with_marks(first + "\n\n" + &text(BYTES), (0..MARKS).map(move |i| spread(i, 0, end, MARKS)), false)
        }
        Shape::Scripts => {
            let paragraph = SCRIPTS.concat() + "\n\n";
            over(paragraph.repeat(BYTES / paragraph.len() + 1), true)
        }
    }
}

/// Sentences whose characters are made of several code points, or run from right to left.
const SCRIPTS: &[&str] = &[
    "The family 👨‍👩‍👧‍👦 waved 👋🏽 from the bridge 🌉 on Thursday. ",
    "המועצה הצביעה ביום חמישי להפסיק את העבודות על הגשר. ",
    "قال المجلس إن المشروع كلف ٤١ مليونا حتى الآن. ",
    "«Ça coûte trop cher», a dit Zoë Ångström 🇫🇷. ",
];

/// The project file of a state.
pub fn file(state: &State) -> String {
    project::write(&state.workspace, None, &Timestamp::unknown(), "bench").content
}

/// A moment and a writer that are always the same.
pub fn stamp() -> Stamp {
    Stamp { now: Timestamp::unknown(), writer: WriterId::new("bench") }
}
