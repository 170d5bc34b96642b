//! Articles of one shape in growing sizes: news, and what is worst for one part of the core or another.

use crate::corpus;
use annotator::model::{Annotation, AnnotationId, Change, LabelId, Timestamp};
use annotator::state::{Command, NewArticle, State, update};
use annotator::text::{Offset, Span, Text};
use std::rc::Rc;

/// Bytes of text and marks on it at size 1; at size 16 it is a book with 10,000 marks.
const BYTES: usize = 62_500;
const MARKS: u32 = 625;

/// How deep the nested marks stand in each other.
const DEPTH: u32 = 8;

/// What an article is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Paragraphs of a news report, marks spread evenly.
    News,
    /// The same without a line end.
    OneParagraph,
    /// Lines of three words.
    TinyParagraphs,
    /// Marks in stacks of eight, one in the other.
    Nested,
    /// Every mark in the first paragraph.
    Crowded,
}

impl Shape {
    /// A text of this shape.
    pub fn text(self, size: usize) -> String {
        match self {
            Self::OneParagraph => corpus::text(BYTES * size).replace('\n', " "),
            Self::TinyParagraphs => "Work stops on Monday.\n".repeat(BYTES * size / 22),
            _ => corpus::text(BYTES * size),
        }
    }

    /// A state with such an article open, and its marks. They are put in directly: what is measured is
    /// not how they came there.
    pub fn state(self, size: usize) -> State {
        let text = Rc::new(Text::new(self.text(size)));
        let new = NewArticle { text: text.clone(), fallback_title: "Bench".into(), encoding: String::new() };
        let mut state = update(&State::default(), &Command::Load(vec![new]), &corpus::stamp()).0;
        let Some(id) = state.article().map(|article| article.id.clone()) else { return state };
        let sheet = state.workspace.key(&id);
        for (i, span) in self.spans(&text, MARKS * size as u32).into_iter().enumerate() {
            let label = LabelId::new(["quote", "claim", "entity", "entity", "entity"][i % 5]);
            let mark = Annotation::new(AnnotationId::new(format!("m{i:06}")), label, span, Timestamp::unknown());
            let change = Change::Annotation { sheet: sheet.clone(), before: None, after: Some(Rc::new(mark)) };
            state.workspace.apply(&change);
        }
        state
    }

    fn spans(self, text: &Text, count: u32) -> Vec<Span> {
        let room = match self {
            Self::Crowded => text.blocks()[0].span.len(),
            _ => text.len().get(),
        };
        let span = |i: u32| {
            let (start, length) = match self {
                Self::Nested => {
                    let (stack, level) = (i / DEPTH, i % DEPTH);
                    (room / (count / DEPTH + 1) * stack + level, 4 * (DEPTH - level))
                }
                // Steps that share no factor with the room meet every place in it.
                Self::Crowded => (i * 37 % room.saturating_sub(40).max(1), 3 + i % 31),
                _ => (room / (count + 1) * i, [140, 60, 9, 9, 9][i as usize % 5]),
            };
            let start = Offset::new(start);
            Span::between(start, start.plus(length).min(text.len()))
        };
        (0..count).map(span).collect()
    }
}
