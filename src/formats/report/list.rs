//! The list of a sheet's annotations: the words of each and what is said of them.

use super::{Numbered, escaped, id_of};
use crate::model::*;
use crate::text::Text;
use std::collections::BTreeMap;

/// How much of an annotation's words is shown, in code points.
const LONGEST: usize = 280;

/// Writes the list; `places` are the names in the page at which annotations begin in the text.
pub(super) fn write(
    out: &mut String,
    scheme: &LabelScheme,
    text: &Text,
    annotations: &[Numbered<'_>],
    places: &BTreeMap<AnnotationId, String>,
) {
    if annotations.is_empty() {
        *out += "<p class=\"list none\">No annotations.</p>\n";
        return;
    }
    let by_id: BTreeMap<_, _> = annotations.iter().map(|it| (&it.annotation.id, it.annotation)).collect();
    *out += "<ol class=\"list\" aria-label=\"Annotations\">\n";
    for Numbered { annotation, label, .. } in annotations {
        let id = id_of("annotation", annotation.id.as_str());
        let words = escaped(&start(text.slice(annotation.span)));
        *out += &format!("<li id=\"{id}\" class=\"{}\"><span class=\"sample\"></span>", label.classes());
        match places.get(&annotation.id) {
            Some(place) => *out += &format!("<a class=\"words\" href=\"#{place}\" lang=\"\" dir=\"auto\">{words}</a>"),
            None => *out += &format!("<span class=\"words\" lang=\"\" dir=\"auto\">{words}</span>"),
        }
        *out += "<small dir=\"auto\">";
        *out += &escaped(label.name);
        if annotation.status == Status::Proposed {
            *out += " · proposed";
        }
        attributes(out, scheme, annotation);
        for link in &annotation.links {
            let Some(to) = by_id.get(&link.to) else { continue };
            let kinds = scheme.label(&annotation.label).map_or(&[][..], |label| &label.links);
            let kind = kinds.iter().find(|kind| kind.id == link.kind).map_or(link.kind.as_str(), |kind| &kind.name);
            *out += &format!(
                " · {}: <a href=\"#{}\" lang=\"\">{}</a>",
                escaped(kind),
                id_of("annotation", to.id.as_str()),
                escaped(&start(text.slice(to.span))),
            );
        }
        *out += "</small>";
        if !annotation.note.is_empty() {
            *out += &format!("<p class=\"note\" dir=\"auto\">{}</p>", escaped(&annotation.note));
        }
        *out += "</li>\n";
    }
    *out += "</ol>\n";
}

/// The attributes, in the order of the label's and then those that it does not have.
fn attributes(out: &mut String, scheme: &LabelScheme, annotation: &Annotation) {
    let known = scheme.label(&annotation.label).map_or(&[][..], |label| &label.attributes);
    for attribute in known {
        if let Some(value) = annotation.attributes.get(&attribute.id) {
            *out += &format!(" · {}: {}", escaped(&attribute.name), escaped(value));
        }
    }
    for (id, value) in annotation.attributes.iter() {
        if known.iter().all(|attribute| attribute.id != *id) {
            *out += &format!(" · {}: {}", escaped(id.as_str()), escaped(value));
        }
    }
}

/// The start of words that may be long, on one line.
fn start(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None if line.is_empty() => words.to_owned(),
        None => line,
    }
}
