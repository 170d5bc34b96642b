//! Writing a collection of one page.

use super::{CONTEXT, FACTS, FORMAT, FRAGMENT, NAME, TEXTS, bodies, read};
use crate::formats::anchor::Unit;
use crate::formats::catalog::Job;
use crate::formats::cited;
use crate::formats::draft::label_name;
use crate::formats::file::OutFile;
use crate::formats::iri::{self, Thing, named};
use crate::formats::json::{Document, Writer};
use crate::formats::kept;
use crate::model::*;
use crate::text::Text;
use std::collections::BTreeMap;
use std::rc::Rc;

/// How deep a value is on a line of its own: the annotations.
const LINED: usize = 3;

/// Writes all of a workspace.
pub(super) fn write(workspace: &Workspace, job: &Job<'_>) -> Vec<OutFile> {
    let with_texts = job.options.is(&TEXTS, "inside");
    let articles = workspace.articles();
    let sheets = articles.iter().flat_map(|article| workspace.sheets_of(&article.id));
    let all: Vec<Rc<Annotation>> = sheets.flat_map(|(_, sheet)| sheet.iter().cloned()).collect();
    let ids = kept::written_ids(&all, FORMAT.id);
    let links: usize = all.iter().map(|annotation| annotation.links.len()).sum();
    let total = all.len() + links + if with_texts { articles.len() } else { 0 };
    let collection = named(Thing::Collection, &format!("{} {}", job.stem, job.exported));
    let mut w = Writer::lined(LINED, 1024 * (total + 1));
    w.open('{');
    w.text_field("@context", CONTEXT);
    w.text_field("id", &collection);
    w.text_field("type", "AnnotationCollection");
    let label = match articles.as_slice() {
        [one] => one.name(),
        several => format!("Annotations of {} articles", several.len()),
    };
    w.text_field("label", &label);
    w.text_field("generated", job.exported.as_str());
    w.field("generator");
    w.open('{');
    w.text_field("type", "Software");
    w.text_field("name", job.generator);
    w.close('}');
    w.number_field("total", u32::try_from(total).unwrap_or(u32::MAX));
    if total > 0 {
        w.field("first");
        w.open('{');
        w.text_field("id", &format!("{collection}:1"));
        w.text_field("type", "AnnotationPage");
        w.text_field("partOf", &collection);
        w.number_field("startIndex", 0);
        w.field("items");
        w.open('[');
        let items = Items { scheme: workspace.scheme(), ids: &ids };
        if with_texts {
            articles.iter().for_each(|article| items.text(&mut w, article));
        }
        for article in articles {
            for (code, sheet) in workspace.sheets_of(&article.id) {
                sheet.iter().for_each(|annotation| items.annotation(&mut w, article, code, annotation));
                sheet.iter().for_each(|annotation| items.links(&mut w, annotation));
            }
        }
        w.close(']');
        w.close('}');
    }
    w.close('}');
    job.file(FORMAT.extensions[0], w.finish() + "\n")
}

/// The agent that an annotator is, as it is written.
fn creator(code: &str) -> String {
    let mut w = Writer::compact();
    w.open('{');
    w.text_field("id", &named(Thing::Annotator, code));
    w.text_field("nickname", code);
    w.close('}');
    w.finish()
}

struct Items<'a> {
    scheme: &'a LabelScheme,
    ids: &'a BTreeMap<AnnotationId, String>,
}

impl Items<'_> {
    /// The annotation that holds the text of an article.
    fn text(&self, w: &mut Writer, article: &Article) {
        let id = article_id(article);
        w.item();
        w.open('{');
        w.text_field("id", &named(Thing::Text, &id));
        w.text_field("type", "Annotation");
        w.text_field("motivation", "describing");
        w.field("body");
        w.open('{');
        w.text_field("id", &iri::of_hash(article.text.hash()));
        w.text_field("type", "TextualBody");
        w.text_field("purpose", "describing");
        w.text_field("format", "text/plain");
        for (name, value) in FACTS.iter().zip([&article.title, &article.source, &article.date, &article.byline]) {
            if !value.is_empty() {
                w.text_field(name, value);
            }
        }
        w.text_field("value", article.text.as_str());
        part(w, &article.extra, "body");
        w.close('}');
        w.text_field("target", &named(Thing::Article, &id));
        own_fields(w, &article.extra, &["id", "body"]);
        w.close('}');
    }

    fn annotation(&self, w: &mut Writer, article: &Article, code: &AnnotatorCode, annotation: &Annotation) {
        w.item();
        w.open('{');
        w.text_field("id", &self.name(&annotation.id));
        w.text_field("type", "Annotation");
        let (mut has_motivation, mut has_creator) = (false, false);
        kept::each_field(&annotation.extra, FORMAT.id, |name, value| match name {
            "motivation" => has_motivation = true,
            "creator" => has_creator = read::creator(value).as_deref() == Some(code.as_str()),
            _ => {}
        });
        if !has_motivation {
            w.text_field("motivation", "classifying");
        }
        if !has_creator {
            w.field("creator");
            copy(w, &creator(code.as_str()));
        }
        if annotation.created != Timestamp::unknown() {
            w.text_field("created", annotation.created.as_str());
        }
        if annotation.changed != Timestamp::unknown() {
            w.text_field("modified", annotation.changed.as_str());
        }
        self.bodies(w, annotation);
        target(w, article, annotation);
        let not = if has_creator { &["id", "body", "target"][..] } else { &["id", "body", "target", "creator"] };
        own_fields(w, &annotation.extra, not);
        w.close('}');
    }

    fn bodies(&self, w: &mut Writer, annotation: &Annotation) {
        w.field("body");
        w.open('[');
        body(w, "classifying", "", &label_name(&annotation.label, self.scheme));
        for (id, value) in annotation.attributes.iter() {
            body(w, "tagging", id.as_str(), value);
        }
        if !annotation.note.is_empty() {
            body(w, "commenting", "", &annotation.note);
        }
        if annotation.status == Status::Proposed {
            body(w, "assessing", "", bodies::PROPOSED);
        }
        bodies::each_kept(&annotation.extra, |value| {
            w.item();
            w.copy(value);
        });
        w.close(']');
    }

    /// The links that start at an annotation, each an annotation of its own.
    fn links(&self, w: &mut Writer, annotation: &Annotation) {
        for (number, link) in annotation.links.iter().enumerate() {
            w.item();
            w.open('{');
            let own = || named(Thing::Link, &format!("{} {}", annotation.id, number + 1));
            w.text_field("id", &own_or(&link.extra, own));
            w.text_field("type", "Annotation");
            w.text_field("motivation", "linking");
            w.field("body");
            w.open('[');
            w.item();
            w.text(&self.name(&link.to));
            body(w, "tagging", "", link.kind.as_str());
            if kept::is_fragment(link) {
                body(w, "commenting", "", FRAGMENT);
            }
            bodies::each_kept(&link.extra, |value| {
                w.item();
                w.copy(value);
            });
            w.close(']');
            w.text_field("target", &self.name(&annotation.id));
            own_fields(w, &link.extra, &["id", "body"]);
            w.close('}');
        }
    }

    /// The IRI of an annotation.
    fn name(&self, id: &AnnotationId) -> String {
        let own = || named(Thing::Annotation, id.as_str());
        self.ids.get(id).filter(|written| is_iri(written)).cloned().unwrap_or_else(own)
    }
}

/// Whether an id from a file can stand as it is: one that is made here never has a scheme.
fn is_iri(id: &str) -> bool {
    let scheme = id.split_once(':').map_or("", |(scheme, _)| scheme);
    scheme.len() > 1 && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
}

/// Where an annotation stands.
fn target(w: &mut Writer, article: &Article, annotation: &Annotation) {
    let text: &Text = &article.text;
    let (mut source, mut scopes, mut selectors) = (None, Vec::new(), Vec::new());
    kept::each_part(&annotation.extra, FORMAT.id, "target", |name, value| match name {
        "source" => source = value.text().map(|(iri, _)| iri.to_owned()),
        "scope" => scopes.extend(value.items().map(|at| at.source().to_owned())),
        "selector" => selectors.extend(value.items().map(|at| at.source().to_owned())),
        _ => {}
    });
    let own = named(Thing::Article, &article_id(article));
    w.field("target");
    w.open('{');
    w.text_field("type", "SpecificResource");
    w.text_field("source", &source.unwrap_or_else(|| iri::of_hash(text.hash())));
    if scopes.is_empty() {
        w.text_field("scope", &own);
    } else {
        w.field("scope");
        w.open('[');
        w.item();
        w.text(&own);
        list(w, &scopes);
        w.close(']');
    }
    w.field("selector");
    w.open('[');
    cited::selectors(w, text, annotation.span, Unit::CodePoints);
    list(w, &selectors);
    w.close(']');
    kept::each_part(&annotation.extra, FORMAT.id, "target", |name, value| {
        if !["source", "scope", "selector"].contains(&name) {
            w.field(name);
            w.copy(value);
        }
    });
    w.close('}');
}

fn body(w: &mut Writer, purpose: &str, name: &str, value: &str) {
    w.item();
    w.open('{');
    w.text_field("type", "TextualBody");
    w.text_field("purpose", purpose);
    if !name.is_empty() {
        w.text_field(NAME, name);
    }
    w.text_field("value", value);
    w.close('}');
}

/// The id of an article, under which its name is made.
fn article_id(article: &Article) -> String {
    Some(kept::id(&article.extra, FORMAT.id)).filter(|id| !id.is_empty()).unwrap_or_else(|| article.id.to_string())
}

/// The id that came with a file of this format; else one made here.
fn own_or(extra: &Extra, own: impl FnOnce() -> String) -> String {
    Some(kept::id(extra, FORMAT.id)).filter(|id| is_iri(id)).unwrap_or_else(own)
}

/// Items that are JSON.
fn list(w: &mut Writer, items: &[String]) {
    for item in items {
        w.item();
        copy(w, item);
    }
}

/// A value that is JSON.
fn copy(w: &mut Writer, json: &str) {
    if let Some(value) = Document::parse(json).root() {
        w.copy(value);
    }
}

/// The fields that are kept of a part.
fn part(w: &mut Writer, extra: &Extra, name: &str) {
    kept::each_part(extra, FORMAT.id, name, |name, value| {
        w.field(name);
        w.copy(value);
    });
}

/// Fields that came with a file of this format, but for some.
fn own_fields(w: &mut Writer, extra: &Extra, not: &[&str]) {
    kept::each_field(extra, FORMAT.id, |name, value| {
        if !not.contains(&name) {
            w.field(name);
            w.copy(value);
        }
    });
}
