//! Moving an edge of the selected annotation: take hold, move, keep or let it go back.

use super::Step;
use crate::model::record::EntryKind;
use crate::state::{Edge, Effect, Resize};
use crate::text::{Offset, Span, snap};
use crate::words;

impl Resize {
    /// The offset of the edge that moves.
    pub fn moving(&self) -> Offset {
        match self.edge {
            Edge::Start => self.span.start(),
            Edge::End => self.span.end(),
        }
    }
}

impl Step<'_> {
    pub(super) fn take_edge(&mut self, edge: Edge, by_click: bool) {
        let Some(active) = self.state.active() else {
            return self.say(words::TAKE_MARK_FIRST);
        };
        let span = self.state.drawn_span(active);
        let resize = Resize { id: active.id.clone(), edge, span, by_click };
        self.effects.push(Effect::RevealCaret(resize.moving()));
        self.state.view.resize = Some(resize);
        self.repaint(vec![span]);
        match edge {
            _ if by_click => self.say(words::EDGE_HERE),
            Edge::Start => self.announce(words::START_TAKEN),
            Edge::End => self.announce(words::END_TAKEN),
        }
    }

    pub(super) fn move_edge(&mut self, offset: Offset, raw: bool) {
        let (Some(mut resize), Some(text)) = (self.state.view.resize.clone(), self.state.text().cloned()) else {
            return;
        };
        let old = resize.span;
        // At least one grapheme stays, on the side of the edge that rests.
        let wanted = match resize.edge {
            Edge::Start => Span::between(offset.min(snap::prev_grapheme(&text, old.end())), old.end()),
            Edge::End => Span::between(old.start(), offset.max(snap::next_grapheme(&text, old.start()))),
        };
        let by_word = self.state.preferences.snap && !raw;
        let snapped = if by_word { snap::snap_to_words(&text, wanted) } else { snap::snap_to_graphemes(&text, wanted) };
        resize.span = match resize.edge {
            Edge::Start => Span::between(snapped.start(), old.end()),
            Edge::End => Span::between(old.start(), snapped.end()),
        };
        if resize.span == old || resize.span.is_empty() {
            return;
        }
        let at = resize.moving();
        let near = match resize.edge {
            Edge::Start => snap::word_or_grapheme(&text, at),
            Edge::End => snap::word_or_grapheme(&text, snap::prev_grapheme(&text, at)),
        };
        let spoken = words::edge_at(text.slice(near));
        self.repaint(vec![old, resize.span]);
        self.effects.push(Effect::RevealCaret(at));
        self.state.view.resize = Some(resize);
        self.announce(spoken);
    }

    pub(super) fn keep_edge(&mut self) {
        let Some(resize) = self.state.view.resize.take() else {
            return;
        };
        self.state.view.dragging = false;
        self.repaint(vec![resize.span]);
        let (Some(active), Some(text)) = (self.state.active().cloned(), self.state.text()) else {
            return;
        };
        let Some(filled) = snap::without_edge_space(text, resize.span) else {
            self.repaint(vec![active.span]);
            return self.say(words::ONLY_BLANKS);
        };
        let span = if self.state.preferences.snap { filled } else { resize.span };
        let twin = self.state.sheet().twin(&active.label, span).is_some_and(|twin| twin.id != active.id);
        if twin {
            let name = self.state.label(&active.label).map(|label| label.name.clone()).unwrap_or_default();
            self.repaint(vec![active.span]);
            return self.say(&words::already_there(&name));
        }
        if self.edit(&resize.id, EntryKind::Do, words::RESIZED, |annotation| annotation.span = span) {
            self.announce(words::RESIZED);
        }
    }

    pub(super) fn escape(&mut self) {
        let view = &mut self.state.view;
        view.list_open = false;
        if let Some(resize) = view.resize.take() {
            view.dragging = false;
            let spans = std::iter::once(resize.span).chain(self.state.active().map(|a| a.span)).collect();
            self.repaint(spans);
            self.announce(words::EDGE_BACK);
        } else if !view.selection.is_caret() {
            view.selection = crate::state::Selection::caret(view.selection.span.start());
            view.dragging = false;
            self.announce(words::SELECTION_LEFT);
        } else if view.active.is_some() {
            self.set_active(None);
            self.announce(words::MARK_LEFT);
        } else if view.sticky.is_some() {
            self.stick(None);
        } else {
            view.toast = None;
        }
    }
}
