//! What pointers mean: a drag selects, a click takes a mark or sets the caret, two clicks take a word
//! and three a sentence, a handle moves an edge. On touch the browser selects, and its selection is
//! followed.

use crate::state::{Command, Edge, Screen};
use crate::text::{Offset, Span, snap};
use crate::web::app::{App, Msg};
use crate::web::article::ArticleView;
use crate::web::article::overlay::html;
use crate::web::clock;
use crate::web::pointer::{Hit, Pointed};
use gloo::timers::callback::Timeout;
use yew::Context;

/// What a pointer that is down is doing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Drag {
    /// Selecting from here on; whether it has moved enough to be no click.
    Text {
        /// Where it began.
        from: (f64, f64),
        /// Whether it is more than a click.
        moved: bool,
        /// Whether Alt is held: no snapping to words.
        raw: bool,
        /// Where it is now.
        at: (f64, f64),
    },
    /// Moving an edge, held this far from the middle of its line: beside it, below it.
    Edge(f64, f64),
    /// A selection was made, by letting go or by a key before that: the click that follows belongs to it.
    Over,
    /// A finger on the text.
    Finger,
}

/// Further than this, in CSS pixels, is a drag and not a click.
const SLIP: f64 = 4.0;
/// A second click on the same spot takes the next mark there only after this many milliseconds:
/// before, it is a double click.
const AGAIN_AFTER: f64 = 400.0;
/// The page is laid out for another kind of pointer only when its click has long arrived, in milliseconds.
const LAYOUT_AFTER: u32 = 500;

impl App {
    /// Takes what a pointer did; gives whether something has to be drawn.
    pub(super) fn pointed(&mut self, ctx: &Context<Self>, pointed: Pointed) -> bool {
        if self.state.view.screen != Screen::Article {
            return false;
        }
        match pointed {
            Pointed::Down { on, touch, x, y } => self.pointer_down(ctx, on, touch, x, y),
            Pointed::Move(x, y, raw) => self.pointer_moved(ctx, x, y, raw),
            Pointed::Up(x, y, raw) => self.pointer_up(ctx, x, y, raw),
            Pointed::Lost => {
                if matches!(self.drag, Some(Drag::Edge(..))) {
                    self.send(ctx, Command::Escape);
                }
                self.drag = None;
                true
            }
            Pointed::Click { x, y, count, shift } => self.clicked(ctx, x, y, count, shift),
            Pointed::Selection => self.selection_changed(ctx),
        }
    }

    fn pointer_down(&mut self, ctx: &Context<Self>, on: Hit, touch: bool, x: f64, y: f64) -> bool {
        let other = std::mem::replace(&mut self.pointing.touch, touch) != touch;
        if touch != self.shown_touch {
            let rested = ctx.link().callback(|()| Msg::PointerRests);
            Timeout::new(LAYOUT_AFTER, move || rested.emit(())).forget();
        }
        self.drag = match on {
            Hit::Handle(edge) => {
                self.send(ctx, Command::TakeEdge(edge));
                let line = html(if edge == Edge::Start { &self.refs.start } else { &self.refs.end });
                line.map(|line| line.get_bounding_client_rect())
                    .map(|line| Drag::Edge(x - line.left(), y - (line.top() + line.bottom()) / 2.0))
            }
            Hit::Text if touch => Some(Drag::Finger),
            Hit::Text => Some(Drag::Text { from: (x, y), moved: false, raw: false, at: (x, y) }),
            Hit::Elsewhere => None,
        };
        other || matches!(self.drag, Some(Drag::Edge(..)))
    }

    fn pointer_moved(&mut self, ctx: &Context<Self>, x: f64, y: f64, alt: bool) -> bool {
        match &mut self.drag {
            Some(Drag::Text { from, moved, raw, at }) => {
                *at = (x, y);
                *moved |= (x - from.0).hypot(y - from.1) > SLIP;
                let switched = *moved && std::mem::replace(raw, alt) != alt;
                switched && self.follow_selection(ctx, false)
            }
            Some(Drag::Edge(beside, below)) => {
                let (x, y) = (x - *beside, y - *below);
                let offset = self.article.as_ref().and_then(|article| article.offset_at(x, y));
                if let Some(offset) = offset {
                    self.send(ctx, Command::MoveEdge(offset, alt));
                }
                offset.is_some()
            }
            _ => false,
        }
    }

    fn pointer_up(&mut self, ctx: &Context<Self>, x: f64, y: f64, alt: bool) -> bool {
        match self.drag.take() {
            Some(Drag::Edge(..)) => {
                self.send(ctx, Command::KeepEdge);
                true
            }
            Some(Drag::Text { from, moved, .. }) => {
                let moved = moved || (x - from.0).hypot(y - from.1) > SLIP;
                self.drag = Some(Drag::Text { from, moved, raw: alt, at: (x, y) });
                let selected = moved && self.follow_selection(ctx, true);
                self.drag = selected.then_some(Drag::Over);
                selected
            }
            // A key came first. What the browser has selected since is nobody's wish.
            Some(Drag::Over) => {
                self.drag = Some(Drag::Over);
                self.article.iter().for_each(ArticleView::unsettle);
                true
            }
            _ => false,
        }
    }

    /// Takes the browser's selection over; gives whether there was one.
    fn follow_selection(&mut self, ctx: &Context<Self>, finished: bool) -> bool {
        let native = self.article.as_ref().and_then(|article| article.native_selection());
        let last = self.state.view.selection;
        // Beside the text a pointer keeps what is nearest to it, or what it had taken last.
        let beside = || self.beside().or(finished.then_some((last.anchor, last.focus)));
        let Some((anchor, focus)) = native.or_else(beside) else {
            return false;
        };
        let raw = matches!(self.drag, Some(Drag::Text { raw: true, .. }));
        self.send(ctx, Command::Select { anchor, focus, raw, finished });
        anchor != focus
    }

    /// From where a drag began to what is seen nearest to the pointer.
    fn beside(&self) -> Option<(Offset, Offset)> {
        let (Some(Drag::Text { moved: true, at, .. }), Some(article)) = (self.drag, &self.article) else {
            return None;
        };
        let focus = article.offset_near(at.0, at.1, &html(&self.refs.scroller)?.into())?;
        Some((article.native_anchor().unwrap_or(self.state.view.selection.anchor), focus))
    }

    /// The text moves under a pointer that holds it: what is selected grows with it.
    pub(super) fn drag_on(&mut self, ctx: &Context<Self>) -> bool {
        matches!(self.drag, Some(Drag::Text { moved: true, .. })) && self.follow_selection(ctx, false)
    }

    fn selection_changed(&mut self, ctx: &Context<Self>) -> bool {
        if self.state.view.dialog.is_some() {
            return false;
        }
        match self.drag {
            Some(Drag::Text { .. }) => {
                self.follow_selection(ctx, false);
                true
            }
            Some(Drag::Edge(..) | Drag::Over) => false,
            _ => self.follow_foreign_selection(ctx),
        }
    }

    /// A selection that no mouse made: a finger's, or the browser's own search.
    fn follow_foreign_selection(&mut self, ctx: &Context<Self>) -> bool {
        // The browser still has the selection of an earlier state: that is nobody's wish.
        if !self.settled {
            self.selection_waits = true;
            return false;
        }
        let Some((anchor, focus)) = self.article.as_ref().and_then(|article| article.native_selection()) else {
            return false;
        };
        let selection = self.state.view.selection;
        let known = Span::between(anchor, focus) == selection.span;
        // A tap on a button takes the browser's selection away, but the words stay chosen.
        let is_lost = anchor == focus && self.drag != Some(Drag::Finger);
        if known || is_lost {
            return false;
        }
        self.send(ctx, Command::Select { anchor, focus, raw: false, finished: !self.pointing.touch });
        true
    }

    fn clicked(&mut self, ctx: &Context<Self>, x: f64, y: f64, count: i32, shift: bool) -> bool {
        if self.drag.take() == Some(Drag::Over) {
            return false;
        }
        let Some(offset) = self.article.as_ref().and_then(|article| article.offset_at(x, y)) else {
            return false;
        };
        let Some(text) = self.state.text().cloned() else {
            return false;
        };
        let now = clock::millis();
        let again = now - std::mem::replace(&mut self.last_click, now) > AGAIN_AFTER;
        match count {
            0 | 1 if shift => {
                // The press has extended the browser's selection. What it now covers may have been laid out for
                // that and have moved the text below the pointer since.
                let pressed = self.article.as_ref().and_then(|article| article.native_selection());
                let pressed = pressed.filter(|(anchor, focus)| anchor != focus);
                let (anchor, focus) = pressed.unwrap_or((self.state.view.selection.anchor, offset));
                self.send(ctx, Command::Select { anchor, focus, raw: false, finished: true });
            }
            // A finger that held a word has selected it.
            1 if self.pointing.touch && !self.state.view.selection.is_caret() => {
                self.send(ctx, Command::Click(offset, false));
            }
            0 | 1 => {
                if let Some(article) = &mut self.article {
                    article.end_line(offset, |ended, begun| y < (ended.bottom() + begun.top()) / 2.0);
                }
                self.send(ctx, Command::Click(offset, again));
            }
            2 => self.send(ctx, Command::SelectSpan(snap::word_or_grapheme(&text, offset))),
            _ => self.send(ctx, Command::SelectSpan(snap::sentence_around(&text, offset))),
        }
        true
    }
}
