//! Reading annotations, wherever in a file they stand.

use super::target::Target;
use super::{FORMAT, FRAGMENT, KINDS, bodies, target};
use crate::formats::catalog::{Context, Refusal};
use crate::formats::draft::{ArticleDraft, Builder, LinkDraft, MarkDraft};
use crate::formats::fields::{Kept, Object, Reader, clip};
use crate::formats::file::InFile;
use crate::formats::iri::{self, Thing};
use crate::formats::json::{Json, Kind};
use crate::formats::{Place, Reading, Severity, Unit, cited, kept, whole};
use crate::limits;
use crate::model::{Article, ArticleId, Workspace};
use std::collections::BTreeMap;

/// Reads a file.
pub(super) fn read(files: &[&InFile], context: &Context<'_>) -> Result<Reading, Refusal> {
    let text = files.first().map_or("", |file| &file.text);
    let mut found = Found::default();
    let issues = whole::read(text, context.progress, &mut |reader, value| found.value(reader, value, 0))?;
    let mut builder = Builder::new(FORMAT.id, context);
    builder.take(issues);
    found.link(&mut builder);
    found.give(&mut builder, context.here);
    Ok(builder.finish())
}

/// What was found so far.
#[derive(Default)]
struct Found {
    /// The articles whose texts are in the file, each with the names that its text has there.
    articles: Vec<(ArticleDraft, [String; 2])>,
    /// The annotations, with what each is on.
    marks: Vec<(MarkDraft, Target)>,
    links: Vec<Linking>,
}

/// A link: an annotation on an annotation.
struct Linking {
    from: String,
    link: LinkDraft,
    place: Place,
}

/// How deep collections are followed into each other.
const DEEPEST: usize = 8;

impl Found {
    /// A value that is an annotation, or holds some.
    fn value<'d>(&mut self, reader: &mut Reader<'d>, at: Json<'d>, depth: usize) {
        if at.kind() == Kind::List && depth < DEEPEST {
            return at.items().for_each(|at| self.value(reader, at, depth + 1));
        }
        if !at.is_whole() && !holds_some(at) {
            reader.counts.set_aside += 1;
            let message = format_args!("annotation: the file ends before it does; it was set aside");
            return reader.report(Severity::Error, at, message);
        }
        if holds_some(at) && depth < DEEPEST {
            return self.collection(reader, at, depth);
        }
        let Some(object) = reader.object(at, "annotation", "it was set aside") else {
            reader.counts.set_aside += 1;
            return;
        };
        reader.count(at);
        self.annotation(reader, object);
    }

    /// A collection or a page of it.
    fn collection<'d>(&mut self, reader: &mut Reader<'d>, at: Json<'d>, depth: usize) {
        let Some(mut object) = reader.object(at, "collection", "passed over") else { return };
        for name in ["first", "items", "@graph", "next"] {
            match object.take(name) {
                Some(inner) if matches!(inner.kind(), Kind::List | Kind::Object) => {
                    self.value(reader, inner, depth + 1)
                }
                Some(inner) if inner.kind() == Kind::Text => {
                    let iri = clip(inner.text().unwrap_or_default().0);
                    let message = format_args!(
                        "the annotations of “{iri}” are not in this file and were left out: save that page and open it, too"
                    );
                    reader.report(Severity::Warning, inner, message);
                }
                _ => {}
            }
        }
    }

    fn annotation<'d>(&mut self, reader: &mut Reader<'d>, mut object: Object<'d>) {
        let place = reader.place(object.at);
        let id = reader.name(&mut object, "id");
        let id = iri::id(Thing::Annotation, &id).unwrap_or(id);
        let motivation = object.take("motivation");
        let why = motivation.and_then(first_text).unwrap_or_default();
        let mut kept = Kept::default();
        if let Some(value) = motivation.filter(|_| !["classifying", "linking", "describing"].contains(&why)) {
            value.compact(limits::DEPTH).iter().for_each(|value| kept.put("motivation", value));
        }
        let on = target::take(reader, &mut object);
        let bodies = bodies::take(reader, &mut object, why);
        for name in ["@context", "type"] {
            object.take(name);
        }
        if let Some(mut article) = bodies.described {
            article.id = iri::id(Thing::Article, &on.source).unwrap_or_default();
            let rest = std::mem::take(&mut article.fields);
            article.fields = reader.rest(object);
            article.fields.append(&rest);
            return self.articles.push((article, [bodies.described_as, on.source]));
        }
        if why == "linking" && on.is_bare {
            let mut bodies = bodies;
            let to = if bodies.iris.is_empty() { String::new() } else { bodies.iris.remove(0) };
            let kind = bodies.label().unwrap_or_else(|| "related".into());
            let is_fragment = kind == kept::CONTINUES && bodies.notes == [FRAGMENT];
            let mut fields = Kept::default();
            if !id.is_empty() && iri::id(Thing::Link, &id).is_none() {
                fields.put_text("id", &id);
            }
            fields.append(&reader.rest(object));
            if is_fragment && fields.is_empty() {
                fields = kept::fragment();
            } else {
                fields.put_list("body", &bodies.left());
            }
            let to = iri::id(Thing::Annotation, &to).unwrap_or(to);
            let from = iri::id(Thing::Annotation, &on.source).unwrap_or(on.source);
            return self.links.push(Linking { from, link: LinkDraft { kind, to, fields }, place });
        }
        let mut mark = MarkDraft { id, place: Some(place), ..MarkDraft::default() };
        bodies.say(&mut mark, why, &mut kept);
        mark.annotator = creator(object.peek("creator")).filter(|_| object.has("creator")).unwrap_or_default();
        if is_made_here(object.peek("creator"), &mark.annotator) {
            object.take("creator");
        }
        mark.created = reader.moment_if_any(&mut object, "created");
        mark.changed = reader.moment_if_any(&mut object, "modified");
        (mark.pieces, mark.quote) = (on.pieces.clone(), on.quote.clone());
        kept.put_part("target", &on.kept);
        kept.append(&reader.rest(object));
        mark.fields = kept;
        self.marks.push((mark, on));
    }

    /// Puts the links on their annotations.
    fn link(&mut self, builder: &mut Builder<'_>) {
        let mut by_id = BTreeMap::new();
        for (at, (mark, _)) in self.marks.iter().enumerate() {
            by_id.entry(mark.id.clone()).or_insert(at);
        }
        for Linking { from, link, place } in std::mem::take(&mut self.links) {
            match by_id.get(&from) {
                Some(&at) => self.marks[at].0.links.push(link),
                None => {
                    let message = format_args!(
                        "the link “{}” from “{}” was left out: there is no such annotation",
                        clip(&link.kind),
                        clip(&from)
                    );
                    builder.tell(Severity::Warning, Some(place), message);
                }
            }
        }
    }

    /// Gives the articles with their annotations to the builder.
    fn give(self, builder: &mut Builder<'_>, here: &Workspace) {
        let mut articles = self.articles;
        let mut elsewhere: Vec<((String, String), Vec<MarkDraft>)> = Vec::new();
        let mut by_name: BTreeMap<(String, String), usize> = BTreeMap::new();
        let by_id: BTreeMap<String, usize> =
            articles.iter().enumerate().map(|(at, (article, _))| (article.id.clone(), at)).collect();
        let names = |(at, (_, names)): (usize, &(ArticleDraft, [String; 2]))| names.clone().map(|name| (name, at));
        let by_text: BTreeMap<String, usize> = articles.iter().enumerate().rev().flat_map(names).collect();
        for (mark, on) in self.marks {
            let known = by_id.get(&on.article).filter(|_| !on.article.is_empty()).or_else(|| by_text.get(&on.source));
            if let Some(&at) = known {
                articles[at].0.marks.push(mark);
                continue;
            }
            let name = (on.article, on.source);
            let at = *by_name.entry(name.clone()).or_insert(elsewhere.len());
            if at == elsewhere.len() {
                elsewhere.push((name, Vec::new()));
            }
            elsewhere[at].1.push(mark);
        }
        articles.into_iter().for_each(|(article, _)| builder.add(article));
        for ((id, source), marks) in elsewhere {
            on_article_here(builder, here, &id, &source, marks);
        }
    }
}

/// Gives annotations on a text that is not in the file, but may be here: the one with the hash, or one with the words.
fn on_article_here(builder: &mut Builder<'_>, here: &Workspace, id: &str, source: &str, marks: Vec<MarkDraft>) {
    let own = here.article(&ArticleId::new(id));
    let by_hash = own.into_iter().chain(here.articles()).find(|article| iri::is_of(source, article.text.hash()));
    match by_hash {
        Some(article) => builder.add(ArticleDraft {
            id: article.id.to_string(),
            text: article.text.as_str().to_owned(),
            marks,
            ..ArticleDraft::default()
        }),
        None => {
            let named = |article: &Article| article.id.as_str() == id || article.source == source;
            cited::give(builder, here, source, &named, Unit::CodePoints, marks);
        }
    }
}

/// Whether a value is a collection, a page or a graph.
fn holds_some(at: Json<'_>) -> bool {
    use crate::formats::rows::has;
    let kind = at.fields().find(|(name, _)| name.text().is_some_and(|(name, _)| name == "type"));
    let kind = kind.and_then(|(_, value)| first_text(value)).unwrap_or_default();
    let is_one = KINDS[1..].contains(&kind) || ["first", "items", "@graph"].iter().any(|name| has(at, name));
    at.kind() == Kind::Object && is_one && !has(at, "target")
}

/// A text, or the first one of a list.
fn first_text(value: Json<'_>) -> Option<&str> {
    match value.kind() {
        Kind::List => value.items().find_map(first_text_of),
        _ => first_text_of(value),
    }
}

fn first_text_of(value: Json<'_>) -> Option<&str> {
    value.text().map(|(text, _)| text)
}

/// Whether an agent is written as it is here, and so need not be kept.
fn is_made_here(value: Json<'_>, code: &str) -> bool {
    let made_here = |(name, value): (Json<'_>, Json<'_>)| match (name.text(), value.text()) {
        (Some(("id", _)), Some((iri, _))) => iri == iri::named(Thing::Annotator, code),
        (Some(("nickname", _)), Some((name, _))) => name == code,
        _ => false,
    };
    value.kind() == Kind::Object && value.fields().count() == 2 && value.fields().all(made_here)
}

/// Who made an annotation: a name made here, what an agent is called, or its IRI.
pub(super) fn creator(value: Json<'_>) -> Option<String> {
    let first = if value.kind() == Kind::List { value.items().next()? } else { value };
    let field = |name: &str| {
        let found = first.fields().find(|(key, _)| key.text().is_some_and(|(key, _)| key == name));
        found.and_then(|(_, value)| value.text()).map(|(text, _)| text.to_owned())
    };
    let iri = first.text().map(|(text, _)| text.to_owned()).or_else(|| field("id")).unwrap_or_default();
    let called = || ["nickname", "account", "name"].iter().find_map(|name| field(name));
    iri::id(Thing::Annotator, &iri).or_else(called).or(Some(iri)).filter(|name| !name.is_empty())
}
