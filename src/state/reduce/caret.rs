//! The caret and the selection: by pointer, by key, and a click on a mark.

use super::Step;
use crate::model::AnnotationId;
use crate::state::{Effect, Motion, Selection};
use crate::text::{Offset, Span, Text, snap};
use crate::words;
use std::rc::Rc;

impl Step<'_> {
    fn widen(&self, text: &Text, span: Span, raw: bool) -> Span {
        if span.is_empty() {
            Span::at(snap::grapheme_floor(text, span.start()))
        } else if raw || !self.state.preferences.snap {
            snap::snap_to_graphemes(text, span)
        } else {
            snap::snap_to_words(text, span)
        }
    }

    pub(super) fn select(&mut self, anchor: Offset, focus: Offset, raw: bool, finished: bool) {
        let Some(text) = self.state.text().cloned() else {
            return;
        };
        let span = self.widen(&text, Span::between(anchor, focus), raw);
        self.state.view.selection = Selection { anchor, focus, span };
        self.state.view.dragging = !finished;
        if span.is_empty() {
            return;
        }
        self.set_active(None);
        if finished {
            self.announce_selection(&text);
            self.label_if_sticky();
        }
    }

    pub(super) fn select_span(&mut self, span: Span) {
        let Some(text) = self.state.text().cloned() else {
            return;
        };
        let span = snap::snap_to_graphemes(&text, span);
        self.state.view.selection = Selection { anchor: span.start(), focus: span.end(), span };
        self.state.view.dragging = false;
        self.set_active(None);
        self.announce_selection(&text);
        self.label_if_sticky();
    }

    fn label_if_sticky(&mut self) {
        if let Some(label) = self.state.view.sticky.clone()
            && !self.state.view.selection.is_caret()
        {
            let span = self.state.view.selection.span;
            self.add_mark(&label, span, false);
        }
    }

    fn announce_selection(&mut self, text: &Text) {
        let span = self.state.view.selection.span;
        if !span.is_empty() {
            self.announce(words::selected(text.slice(span), snap::word_count(text, span)));
        }
    }

    pub(super) fn caret_to(&mut self, offset: Offset, extend: bool) {
        let Some(text) = self.state.text().cloned() else {
            return;
        };
        if self.state.view.resize.is_some() {
            return self.move_edge(offset, false);
        }
        self.go(&text, offset, extend, false, Heard::Line);
    }

    pub(super) fn move_caret(&mut self, motion: Motion, extend: bool, raw: bool) {
        let Some(text) = self.state.text().cloned() else {
            return;
        };
        if let Some(resize) = &self.state.view.resize {
            let at = resize.moving();
            return self.move_edge(destination(&text, at, motion), true);
        }
        let selection = self.state.view.selection;
        let by_word = extend && !raw && self.state.preferences.snap;
        let motion = match motion {
            Motion::CharBack if by_word => Motion::WordBack,
            Motion::CharForward if by_word => Motion::WordForward,
            other => other,
        };
        let offset = match motion {
            // An arrow without Shift leaves a selection at the end it points to.
            Motion::CharBack if !extend && !selection.is_caret() => selection.span.start(),
            Motion::CharForward if !extend && !selection.is_caret() => selection.span.end(),
            _ => destination(&text, selection.focus, motion),
        };
        let heard = match motion {
            Motion::CharBack | Motion::CharForward => Heard::Char,
            Motion::WordBack | Motion::WordForward => Heard::Word,
            _ => Heard::Line,
        };
        self.go(&text, offset, extend, raw, heard);
    }

    fn go(&mut self, text: &Text, offset: Offset, extend: bool, raw: bool, heard: Heard) {
        let offset = snap::grapheme_floor(text, offset);
        self.set_active(None);
        self.state.view.dragging = false;
        if extend {
            let anchor = self.state.view.selection.anchor;
            let span = self.widen(text, Span::between(anchor, offset), raw);
            self.state.view.selection = Selection { anchor, focus: offset, span };
            self.announce_selection(text);
        } else {
            self.state.view.selection = Selection::caret(offset);
            let spoken = heard.at(text, offset);
            let marks = self.labels_at(offset);
            self.announce(words::caret_at(&spoken, &marks));
        }
        self.effects.push(Effect::RevealCaret(offset));
    }

    /// The names of the labels that cover an offset, innermost first.
    fn labels_at(&self, offset: Offset) -> Vec<String> {
        let names = self.state.sheet().at(offset);
        names.iter().filter_map(|a| self.state.label(&a.label)).map(|label| label.name.clone()).collect()
    }

    pub(super) fn click(&mut self, offset: Offset, again: bool) {
        if self.state.view.resize.as_ref().is_some_and(|resize| resize.by_click) {
            // The message that asked for this click.
            self.state.view.toast = None;
            self.move_edge(offset, false);
            return self.keep_edge();
        }
        // Whoever goes on has moved the edge to where it is.
        self.keep_edge();
        let stack: Rc<[AnnotationId]> = self.state.sheet().at(offset).iter().map(|a| a.id.clone()).collect();
        let here = stack.iter().position(|id| Some(id) == self.state.view.active.as_ref());
        let taken = match here {
            Some(at) if again => stack.get((at + 1) % stack.len()),
            Some(at) => stack.get(at),
            None => stack.first(),
        }
        .cloned();
        self.state.view.dragging = false;
        self.take_at(taken, stack, Selection::caret(offset));
    }
}

/// What is said after a step of the caret.
#[derive(Clone, Copy)]
enum Heard {
    Char,
    Word,
    Line,
}

impl Heard {
    fn at(self, text: &Text, offset: Offset) -> String {
        let span = match self {
            Self::Char => Span::between(offset, snap::next_grapheme(text, offset)),
            Self::Word => snap::word_around(text, offset)
                .or_else(|| snap::word_around(text, snap::prev_grapheme(text, offset)))
                .unwrap_or(Span::between(offset, snap::next_grapheme(text, offset))),
            Self::Line => snap::sentence_around(text, offset),
        };
        words::spoken(text.slice(span))
    }
}

fn destination(text: &Text, at: Offset, motion: Motion) -> Offset {
    let blocks = text.blocks();
    let block = text.block_at(at);
    match motion {
        Motion::CharBack => snap::prev_grapheme(text, at),
        Motion::CharForward => snap::next_grapheme(text, at),
        Motion::WordBack => snap::prev_word_start(text, at),
        Motion::WordForward => snap::next_word_end(text, at),
        Motion::BlockBack => {
            let filled = blocks[..=block].iter().rev().filter(|b| !b.span.is_empty());
            filled.map(|b| b.span.start()).find(|&start| start < at).unwrap_or_default()
        }
        Motion::BlockForward => {
            let filled = blocks[block + 1..].iter().find(|b| !b.span.is_empty());
            filled.map_or(text.len(), |b| b.span.start())
        }
        Motion::TextStart => Offset::default(),
        Motion::TextEnd => text.len(),
    }
}
