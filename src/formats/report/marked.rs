//! The text of an article with its marks.
//!
//! A run of text under the same annotations is one `mark`, with a nested `span` for each further one; lines of those that
//! overlap lie below one another.

use super::{Numbered, as_value, escaped, id_of};
use crate::model::AnnotationId;
use crate::paint::{self, Mark, Run};
use crate::text::wire::Role;
use crate::text::{Span, Text};
use std::collections::BTreeMap;

/// The lowest lane for lines.
const LANES: u8 = 5;

/// Writes the text; gives the names in the page at which annotations begin in it. `heading` is the element that its headline is,
/// with its name; `of` tells the names from those of another sheet.
pub(super) fn write(
    out: &mut String,
    text: &Text,
    roles: &[Role],
    annotations: &[Numbered<'_>],
    heading: Option<&(&str, String)>,
    of: &str,
) -> BTreeMap<AnnotationId, String> {
    let mark = |it: &Numbered<'_>| Mark { id: it.annotation.id.clone(), span: it.annotation.span };
    let marks: Vec<Mark> = annotations.iter().map(mark).collect();
    let lanes = paint::lanes(&marks, LANES);
    let mut writer = Writer { text, annotations, lanes: &lanes, of, places: BTreeMap::new() };
    // Marks are in text order; those that reach on from before stay in sight.
    let (mut next, mut open): (usize, Vec<usize>) = (0, Vec::new());
    *out += "<div class=\"text\" lang=\"\">\n";
    for (at, block) in text.blocks().iter().enumerate() {
        while next < marks.len() && marks[next].span.start() < block.span.end() {
            open.push(next);
            next += 1;
        }
        open.retain(|&mark| marks[mark].span.end() > block.span.start());
        let role = roles.get(at).copied().unwrap_or_default();
        if role == Role::Blank {
            continue;
        }
        let here: Vec<Mark> = open.iter().map(|&mark| marks[mark].clone()).collect();
        let (element, class, id) = match (role, heading) {
            (Role::Headline, Some((element, id))) => (*element, "headline", format!(" id=\"{id}\"")),
            (Role::Headline, None) => ("p", "headline", String::new()),
            (Role::Kicker, _) => ("p", "kicker", String::new()),
            (Role::Caption, _) => ("p", "caption", String::new()),
            (Role::Subheading, _) => ("p", "subheading", String::new()),
            _ => ("p", "body", String::new()),
        };
        *out += &format!("<{element} class=\"{class}\" dir=\"auto\"{id}>");
        for run in paint::runs(block.span, &here) {
            writer.run(out, &run, &open, block.span);
        }
        *out += &format!("</{element}>\n");
    }
    *out += "</div>\n";
    writer.places
}

struct Writer<'a> {
    text: &'a Text,
    annotations: &'a [Numbered<'a>],
    lanes: &'a [u8],
    of: &'a str,
    /// Where annotations begin in the page.
    places: BTreeMap<AnnotationId, String>,
}

impl Writer<'_> {
    /// A run; `open` are the marks that its own are counted in.
    fn run(&mut self, out: &mut String, run: &Run, open: &[usize], block: Span) {
        let words = escaped(self.text.slice(run.span));
        if run.marks.is_empty() {
            return *out += &words;
        }
        let of_block: Vec<u8> = open.iter().map(|&mark| self.lanes[mark]).collect();
        let shown = paint::shown(run, &of_block, LANES, None);
        for (depth, &mark) in shown.iter().enumerate() {
            let element = if depth == 0 { "mark" } else { "span" };
            *out += &self.opened(element, open[mark], run, block, depth == 0, open);
        }
        *out += &words;
        for depth in (0..shown.len()).rev() {
            *out += if depth == 0 { "</mark>" } else { "</span>" };
        }
    }

    /// The opening tag of an annotation in a run.
    fn opened(
        &mut self,
        element: &str,
        mark: usize,
        run: &Run,
        block: Span,
        outermost: bool,
        open: &[usize],
    ) -> String {
        let Numbered { annotation, number, label } = &self.annotations[mark];
        let span = annotation.span;
        let mut classes = format!("m {} lane-{}", label.classes(), self.lanes[mark]);
        let mut attributes = String::new();
        if span.start().max(block.start()) == run.span.start() {
            if span.start() >= block.start() {
                classes += " first";
            }
            if !self.places.contains_key(&annotation.id) {
                let id = format!("{}.{number}", self.of);
                attributes += &format!(" id=\"{id}\"");
                self.places.insert(annotation.id.clone(), id);
            }
        }
        if span.end() == run.span.end() {
            classes += " last";
            attributes += &format!(" data-number=\"{number}\"");
        }
        let mut title = label.name.to_owned();
        if !annotation.note.is_empty() {
            title = format!("{title}: {}", annotation.note);
        }
        attributes += &format!(" title=\"{}\"", as_value(&title));
        if outermost {
            let covering = run.marks.iter().map(|&mark| self.annotations[open[mark]].annotation.id.as_str());
            let ids: Vec<_> = covering.map(|id| id_of("annotation", id)).collect();
            attributes += &format!(" aria-details=\"{}\"", ids.join(" "));
        }
        format!("<{element} class=\"{classes}\"{attributes}>")
    }
}
