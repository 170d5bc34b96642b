//! The target of an annotation: the words that it is about.

use crate::formats::cited;
use crate::formats::draft::QuoteDraft;
use crate::formats::fields::{Kept, Object, Reader};
use crate::formats::iri::{self, Thing};
use crate::formats::json::{Json, Kind};
use crate::limits;

/// How deep selectors are followed that refine each other.
const DEEPEST: usize = 8;

/// What an annotation is about.
#[derive(Default)]
pub(super) struct Target {
    /// The name of the text or the page that it is on.
    pub(super) source: String,
    /// The id of the article, where its name was made here.
    pub(super) article: String,
    /// Start and end of each piece, in whatever the file counts.
    pub(super) pieces: Vec<(u32, u32)>,
    pub(super) quote: Option<QuoteDraft>,
    /// Whether it is named and nothing else is said of it.
    pub(super) is_bare: bool,
    /// What nothing here knows.
    pub(super) kept: Kept,
}

/// Takes the target of an annotation; several of the same text are pieces of one.
pub(super) fn take<'d>(reader: &mut Reader<'d>, annotation: &mut Object<'d>) -> Target {
    let mut target = Target::default();
    let Some(value) = annotation.take("target") else { return target };
    let list: Vec<_> = if value.kind() == Kind::List { value.items().collect() } else { vec![value] };
    let several = list.len() > 1;
    let mut words = Vec::new();
    for (number, at) in list.into_iter().enumerate() {
        let one = one(reader, at);
        if number == 0 {
            (target.source, target.article, target.is_bare) = (one.source, one.article, one.is_bare && !several);
            target.kept = one.kept;
        } else if one.source != target.source {
            let message = format_args!("target: it is on another text than the first one; it was left out");
            reader.report(crate::formats::Severity::Warning, at, message);
            continue;
        }
        target.pieces.extend(one.pieces);
        words.extend(one.quote);
    }
    target.quote = match words.len() {
        0 | 1 => words.pop(),
        _ => Some(QuoteDraft::new(words.iter().map(|quote| quote.exact.as_str()).collect::<Vec<_>>().join(" "))),
    };
    target
}

fn one<'d>(reader: &mut Reader<'d>, at: Json<'d>) -> Target {
    let mut target = Target::default();
    if at.kind() == Kind::Text {
        target.source = reader.decode(at).unwrap_or_default().to_owned();
        target.is_bare = true;
        return target;
    }
    let Some(mut object) = reader.object(at, "target", "left out") else { return target };
    target.source = name(reader, &mut object, "source");
    if target.source.is_empty() {
        target.source = name(reader, &mut object, "id");
        target.is_bare = !object.has("selector");
    }
    let mut scopes = Vec::new();
    if let Some(scope) = object.take("scope") {
        let list: Vec<_> = if scope.kind() == Kind::List { scope.items().collect() } else { vec![scope] };
        for at in list {
            match at.text().and_then(|(iri, _)| iri::id(Thing::Article, iri)) {
                Some(id) => target.article = id,
                None => scopes.extend(at.compact(limits::DEPTH)),
            }
        }
    }
    let mut others = Vec::new();
    if let Some(selector) = object.take("selector") {
        selectors(reader, selector, &mut target, &mut others, 0);
    }
    if object.peek("type").text().is_some_and(|(kind, _)| kind == "SpecificResource") {
        object.take("type");
    }
    if !iri::is_by_hash(&target.source) && !target.source.is_empty() {
        target.kept.put_text("source", &target.source);
    }
    target.kept.put_list("scope", &scopes);
    target.kept.put_list("selector", &others);
    let rest = reader.rest(object);
    target.kept.append(&rest);
    target
}

/// The name of a thing: an IRI, or an object with one.
fn name<'d>(reader: &mut Reader<'d>, object: &mut Object<'d>, field: &str) -> String {
    if object.peek(field).kind() == Kind::Object && object.has(field) {
        let inner = object.take(field).and_then(|at| reader.object(at, "source", "left out"));
        return inner.map(|mut inner| reader.name(&mut inner, "id")).unwrap_or_default();
    }
    reader.name(object, field)
}

/// Takes position and quotation from selectors, which all say the same in other ways. Of those that refine another, the
/// words count: a position is then within what the other selects.
fn selectors<'d>(reader: &mut Reader<'d>, at: Json<'d>, target: &mut Target, others: &mut Vec<String>, depth: usize) {
    if at.kind() == Kind::List {
        at.items().for_each(|at| selectors(reader, at, target, others, depth));
        return;
    }
    let is_known = at.kind() == Kind::Object && depth < DEEPEST;
    let Some(mut object) = is_known.then(|| reader.object(at, "selector", "left out")).flatten() else {
        others.extend(at.compact(limits::DEPTH));
        return;
    };
    match object.peek("type").text() {
        Some(("TextPositionSelector", _)) if depth == 0 && !object.has("refinedBy") => {
            let (start, end) = (object.take("start"), object.take("end"));
            match (start.and_then(Json::integer), end.and_then(Json::integer)) {
                (Some(start), Some(end)) => target.pieces.push((start, end)),
                _ => reader.missing(&object, "start” or “end", "the position was left out"),
            }
        }
        Some(("TextQuoteSelector", _)) => {
            let [exact, prefix, suffix] = ["exact", "prefix", "suffix"]
                .map(|name| reader.optional(&mut object, name, "left out").unwrap_or_default());
            target.quote = Some(cited::quotation(exact, prefix, suffix));
        }
        _ => {
            if depth == 0 {
                others.extend(at.compact(limits::DEPTH));
            }
            if let Some(inner) = object.take("refinedBy") {
                selectors(reader, inner, target, others, depth + 1);
            }
        }
    }
}
