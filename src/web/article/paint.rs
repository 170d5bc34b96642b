//! Drawing marks: one `mark` element for each run of text that annotations cover, with a nested
//! `span` for each further annotation, so that every line is a border of its own and survives forced
//! colours. Each carries a description, which screen readers speak where they meet it; it is an
//! attribute and not a reference, so that it can never dangle.

use super::{ArticleView, CHAPTER, FIRST_SIGHT, SHORT, Seen, element};
use crate::model::{Annotation, Label, Sheet};
use crate::paint::{self, Mark, Run};
use crate::state::State;
use crate::text::{Offset, Span, Text};
use crate::web::dom::document;
use crate::words;
use std::mem;
use std::rc::Rc;
use web_sys::{HtmlElement, Node};

/// Lines deeper than this run on top of each other.
const LANES: u8 = 5;
/// How often what is seen is looked at, at most, until all of it is laid out.
const LOOKS: usize = 4;

impl ArticleView {
    /// Draws the marks at the start of the text: of a short one, all at once.
    pub fn paint_first_sight(&mut self, state: &State) {
        let is_short = self.text.len().get() <= SHORT;
        let sight = if is_short { SHORT } else { FIRST_SIGHT };
        let near: Vec<usize> = (0..=self.section_of(self.text.piece_at(Offset::new(sight)))).collect();
        self.paint_sections(&near, state);
    }

    /// Draws the marks of sections that have none drawn yet.
    pub fn paint_sections(&mut self, near: &[usize], state: &State) {
        if near == [self.sections.len()] {
            self.build_on();
        }
        let due = |&i: &usize| self.sections.get(i).is_some_and(|section| !section.painted);
        let due: Vec<usize> = near.iter().copied().filter(due).collect();
        if due.is_empty() {
            return;
        }
        let selected = self.native_selection();
        let sheet = state.sheet();
        for i in due {
            self.sections[i].painted = true;
            for piece in self.sections[i].pieces.clone() {
                self.paint_piece(piece, &sheet, state);
            }
        }
        self.select_again(selected);
        self.highlight_again();
    }

    /// Draws the marks of what is seen, in the frame in which it comes into view: an observer would be told
    /// only after that. Gives the section to be drawn next of those a screen away, so that the frames in which they
    /// come have little to do; where there is none and text is left to be built, the one after the last.
    pub fn paint_seen(&mut self, scroller: &HtmlElement, state: &State) -> Option<usize> {
        self.keep_still(scroller);
        self.scrolled = scroller.scroll_top();
        let mut ahead = None;
        for _ in 0..LOOKS {
            ahead = self.look(scroller, state);
            // What is laid out now may be lower than it was taken for, and more be seen.
            if !self.wake_seen(scroller) {
                break;
            }
        }
        ahead.or((!self.is_built()).then_some(self.sections.len()))
    }

    /// Looks at what is seen, and draws the marks that it lacks. Gives the first section of those a screen away that
    /// lacks its own.
    fn look(&mut self, scroller: &HtmlElement, state: &State) -> Option<usize> {
        let around = scroller.get_bounding_client_rect();
        let (edge, screen) = (around.top(), around.height());
        // Chapters first: asking for a section in one that is skipped would have it laid out.
        let first =
            self.chapters.partition_point(|chapter| chapter.get_bounding_client_rect().bottom() < edge - screen);
        let (mut due, mut ahead) = (Vec::new(), None);
        let before = mem::take(&mut self.seen);
        for (i, section) in self.sections.iter().enumerate().skip(first * CHAPTER) {
            let (top, height) = section.place();
            let at = top - edge;
            if at + height < -screen {
                continue;
            }
            if at >= 2.0 * screen {
                break;
            }
            let is_seen = at + height > 0.0 && at < screen;
            if is_seen {
                let is_new = before.iter().all(|seen| seen.section != i);
                self.seen.push(Seen { section: i, at, height, skipped: is_new && section.is_skipped() });
            }
            if !section.painted {
                if is_seen { due.push(i) } else { ahead = ahead.or(Some(i)) }
            }
        }
        self.paint_sections(&due, state);
        ahead
    }

    /// Gives the browser back the selection that it had before its text nodes were replaced.
    fn select_again(&self, selected: Option<(Offset, Offset)>) {
        if let Some((anchor, focus)) = selected.filter(|_| self.native_selection() != selected) {
            self.select_natively(anchor, focus);
        }
    }

    /// Draws the marks of every section: for print.
    pub fn paint_all(&mut self, state: &State) {
        self.build_to(usize::MAX);
        let all: Vec<usize> = (0..self.sections.len()).collect();
        self.paint_sections(&all, state);
    }

    /// Draws again the pieces that spans touch, where marks are drawn at all. While words are selected,
    /// the browser's selection outlives the text nodes that it was in: a drag may go on in them.
    pub fn repaint(&mut self, spans: &[Span], state: &State) {
        let has_words = !state.view.selection.is_caret();
        let selected = has_words.then(|| self.native_selection()).flatten();
        self.repaint_pieces(spans, state);
        self.select_again(selected);
        // What lies over the text is measured in its nodes, which are others now.
        self.unsettle();
    }

    fn repaint_pieces(&mut self, spans: &[Span], state: &State) {
        // A place for each piece: spans may be thousands, in any order, and each as long as the text.
        let mut touched = vec![false; self.text.pieces().len()];
        for &span in spans {
            touched.get_mut(self.text.pieces_of(span)).unwrap_or_default().fill(true);
        }
        let sheet = state.sheet();
        let painted = self.sections.iter().filter(|section| section.painted);
        let due: Vec<usize> =
            painted.flat_map(|section| section.pieces.clone()).filter(|&piece| touched[piece]).collect();
        for piece in due {
            self.paint_piece(piece, &sheet, state);
        }
    }

    /// Draws the runs of a piece that look different from what is drawn, and leaves the others on either side.
    fn paint_piece(&mut self, index: usize, sheet: &Sheet, state: &State) {
        let piece = self.text.pieces()[index];
        let before = mem::take(&mut self.drawn[index]);
        let annotations = drawn(piece.span, sheet, state);
        let holder = &self.pieces[index];
        if annotations.is_empty() {
            if !before.is_empty() {
                self.fill_plain(holder, piece);
            }
            return;
        }
        let drawing = Drawing::of(&annotations, state);
        let now: Vec<Sketch> = paint::runs(piece.span, &drawing.marks).iter().map(|run| drawing.sketch(run)).collect();
        let first = before.iter().zip(&now).take_while(|(a, b)| a == b).count();
        let rest = before.len().min(now.len()) - first;
        let last = before.iter().rev().zip(now.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
        let fragment = document().create_document_fragment();
        for sketch in &now[first..now.len() - last] {
            let _ = fragment.append_child(&sketch.node(&self.text));
        }
        if first + last == 0 {
            holder.replace_children_with_node_1(&fragment);
        } else {
            let nodes = holder.child_nodes();
            for _ in first..before.len() - last {
                let _ = nodes.item(first as u32).map(|node| holder.remove_child(&node));
            }
            let _ = holder.insert_before(&fragment, nodes.item(first as u32).as_ref());
        }
        self.drawn[index] = now;
    }
}

/// What the marks of a piece look like.
struct Drawing {
    marks: Vec<Mark>,
    lanes: Vec<u8>,
    looks: Vec<Look>,
    /// The one that is selected.
    selected: Option<usize>,
}

impl Drawing {
    fn of(annotations: &[Rc<Annotation>], state: &State) -> Self {
        let mark = |a: &Rc<Annotation>| Mark { id: a.id.clone(), span: state.drawn_span(a) };
        let marks: Vec<Mark> = annotations.iter().map(mark).collect();
        let lanes = paint::lanes(&marks, LANES);
        let looks =
            annotations.iter().zip(&lanes).map(|(annotation, &lane)| Look::of(annotation, lane, state)).collect();
        let selected = annotations.iter().position(|a| state.view.active.as_ref() == Some(&a.id));
        Self { marks, lanes, looks, selected }
    }

    /// What a run is to look like.
    fn sketch(&self, run: &Run) -> Sketch {
        let shown = paint::shown(run, &self.lanes, LANES, self.selected);
        let layer = |(depth, &mark): (usize, &usize)| {
            self.looks[mark].layer(depth + 1 < shown.len(), run.span, self.marks[mark].span)
        };
        Sketch { span: run.span, said: self.said(run, &shown), layers: shown.iter().enumerate().map(layer).collect() }
    }

    /// What is said of a run: of the marks that show there and, if there are more, how many.
    #[inline(never)]
    fn said(&self, run: &Run, shown: &[usize]) -> String {
        let mut said: Vec<&str> = shown.iter().map(|&mark| self.looks[mark].description.as_str()).collect();
        let more;
        if shown.len() < run.marks.len() {
            more = words::and_more(run.marks.len() - shown.len());
            said.push(&more);
        }
        said.join("; ")
    }
}

/// The annotations that show in a stretch, the one whose edge moves at its place to be.
fn drawn(stretch: Span, sheet: &Sheet, state: &State) -> Vec<Rc<Annotation>> {
    let mut annotations = sheet.covering(stretch);
    if let Some(resize) = &state.view.resize {
        annotations.retain(|a| a.id != resize.id || resize.span.overlaps(stretch));
        let is_missing = resize.span.overlaps(stretch) && !annotations.iter().any(|a| a.id == resize.id);
        if let Some(moving) = sheet.get(&resize.id).filter(|_| is_missing) {
            annotations.push(moving.clone());
        }
    }
    annotations
}

/// How an annotation looks wherever it is drawn.
struct Look {
    class: String,
    description: String,
    /// What is spoken at its start and its end, where that is wanted.
    edges: Option<[String; 2]>,
}

impl Look {
    fn of(annotation: &Annotation, lane: u8, state: &State) -> Self {
        let label = state.label(&annotation.label);
        let (colour, line) = label.map_or((8, "solid"), |label| (label.colour.clamp(1, 8), line(label)));
        let active = if state.view.active.as_ref() == Some(&annotation.id) { " active" } else { "" };
        let values = annotation.values(label);
        let name = label.map_or(annotation.label.as_str(), |label| &label.name);
        Self {
            class: format!("m c{colour} {line} lane-{lane}{active}"),
            description: words::described(name, &values, &annotation.note),
            edges: state.preferences.spoken_edges.then(|| words::edges(name)),
        }
    }

    /// What it comes to in a run; whether another mark is nested in it there.
    fn layer(&self, around: bool, run: Span, whole: Span) -> Layer {
        let ends = [run.start() == whole.start(), run.end() == whole.end()];
        let when = |is_so: bool, name: &'static str| if is_so { name } else { "" };
        let class = [&*self.class, when(ends[0], " first"), when(ends[1], " last"), when(around, " around")].concat();
        let edge = |i: usize| self.edges.as_ref().filter(|_| ends[i]).map(|edges| edges[i].clone());
        Layer { class, edges: [edge(0), edge(1)] }
    }
}

/// How a run looks: all that its node on the page is made from.
#[derive(PartialEq)]
pub(super) struct Sketch {
    span: Span,
    /// What is said of it.
    said: String,
    /// Its marks, the outermost first.
    layers: Vec<Layer>,
}

#[derive(PartialEq)]
struct Layer {
    class: String,
    /// What is spoken at its start and its end, where it has them and that is wanted.
    edges: [Option<String>; 2],
}

impl Sketch {
    /// The one node that a run is on the page. A function of its own, whatever that costs: WebKit 2.50 now and then got it
    /// wrong once it was optimised as a part of what draws a piece, about once in 150 visits to an article with hundreds of
    /// marks, and the program stopped.
    #[inline(never)]
    fn node(&self, text: &Text) -> Node {
        let mut node: Node = document().create_text_node(text.slice(self.span)).into();
        for (depth, layer) in self.layers.iter().enumerate().rev() {
            let holder = element(if depth == 0 { "mark" } else { "span" }, &layer.class);
            let said = Some(&self.said).filter(|_| depth == 0);
            let [start, end] = &layer.edges;
            for (name, words) in
                [("aria-description", said), ("data-starts", start.as_ref()), ("data-ends", end.as_ref())]
            {
                let _ = words.map(|words| holder.set_attribute(name, words));
            }
            let _ = holder.append_child(&node);
            node = holder.into();
        }
        node
    }
}

fn line(label: &Label) -> &'static str {
    use crate::model::label::Line;
    match label.line {
        Line::Solid => "solid",
        Line::Dashed => "dashed",
        Line::Dotted => "dotted",
    }
}
