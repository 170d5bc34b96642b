//! Writing an export, as the client imports it.

use super::{FORMAT, tags, user, user_name};
use crate::formats::anchor::Unit;
use crate::formats::catalog::Job;
use crate::formats::cited;
use crate::formats::draft::label_name;
use crate::formats::file::OutFile;
use crate::formats::iri::{Thing, named};
use crate::formats::json::{Json, Kind, Writer};
use crate::formats::kept;
use crate::model::*;
use crate::text::Text;

/// How deep a value is on a line of its own: the annotations.
const LINED: usize = 2;

/// Writes all of a workspace.
pub(super) fn write(workspace: &Workspace, job: &Job<'_>) -> Vec<OutFile> {
    let mut w = Writer::lined(LINED, 4096);
    w.open('{');
    w.text_field("export_date", job.exported.as_str());
    w.text_field("export_userid", &user(workspace.annotator().as_str()));
    w.text_field("client_version", job.generator);
    w.field("annotations");
    w.open('[');
    for article in job.articles(workspace) {
        for (code, sheet) in workspace.sheets_of(&article.id) {
            let annotations: Vec<_> = sheet.iter().cloned().collect();
            let ids = kept::written_ids(&annotations, FORMAT.id);
            for annotation in &annotations {
                w.item();
                w.open('{');
                w.text_field("id", ids.get(&annotation.id).map_or("", String::as_str));
                one(&mut w, workspace.scheme(), article, code, annotation);
                w.close('}');
            }
        }
    }
    w.close(']');
    w.close('}');
    job.file(FORMAT.extensions[0], w.finish() + "\n")
}

fn one(w: &mut Writer, scheme: &LabelScheme, article: &Article, code: &AnnotatorCode, annotation: &Annotation) {
    if annotation.created != Timestamp::unknown() {
        w.text_field("created", annotation.created.as_str());
    }
    if annotation.changed != Timestamp::unknown() {
        w.text_field("updated", annotation.changed.as_str());
    }
    let kept_text = |name: &str| kept::text(&annotation.extra, FORMAT.id, name);
    let by = kept_text("user").filter(|user| user_name(user) == code.as_str());
    w.text_field("user", &by.unwrap_or_else(|| user(code.as_str())));
    let page = kept_text("uri");
    let mut has_document = page.is_some();
    let uri = page.unwrap_or_else(|| named(Thing::Article, article.id.as_str()));
    w.text_field("uri", &uri);
    w.text_field("text", &annotation.note);
    tags_of(w, scheme, annotation);
    target(w, &article.text, &uri, annotation);
    kept::each_field(&annotation.extra, FORMAT.id, |name, value| {
        if !["id", "user", "uri", "tags", "target"].contains(&name) {
            has_document |= name == "document";
            w.field(name);
            w.copy(value);
        }
    });
    if !has_document {
        w.field("document");
        w.open('{');
        w.field("title");
        w.open('[');
        w.item();
        w.text(&article.name());
        w.close(']');
        w.close('}');
    }
}

fn tags_of(w: &mut Writer, scheme: &LabelScheme, annotation: &Annotation) {
    w.field("tags");
    w.open('[');
    let label = label_name(&annotation.label, scheme);
    let mut is_untagged = false;
    kept::each_field(&annotation.extra, FORMAT.id, |name, value| is_untagged |= name == "tags" && is_empty(value));
    if !is_untagged
        || label != tags::UNTAGGED[usize::from(annotation.note.is_empty())]
        || !annotation.attributes.is_empty()
    {
        w.item();
        w.text(&label);
    }
    for (id, value) in annotation.attributes.iter() {
        w.item();
        w.text(&tags::of_attribute(id.as_str(), value));
    }
    kept::each_field(&annotation.extra, FORMAT.id, |name, value| {
        for tag in value.items().filter(|_| name == "tags") {
            w.item();
            w.copy(tag);
        }
    });
    w.close(']');
}

fn is_empty(list: Json<'_>) -> bool {
    list.kind() == Kind::List && list.items().next().is_none()
}

/// Where an annotation stands, as if the page were the text of the article and nothing else.
fn target(w: &mut Writer, text: &Text, uri: &str, annotation: &Annotation) {
    let source = {
        let mut source = None;
        kept::each_part(&annotation.extra, FORMAT.id, "target", |name, value| {
            if name == "source" {
                source = value.text().map(|(source, _)| source.to_owned());
            }
        });
        source
    };
    w.field("target");
    w.open('[');
    w.item();
    w.open('{');
    w.text_field("source", source.as_deref().unwrap_or(uri));
    w.field("selector");
    w.open('[');
    cited::selectors(w, text, annotation.span, Unit::Utf16);
    kept::each_part(&annotation.extra, FORMAT.id, "target", |name, value| {
        for selector in value.items().filter(|_| name == "selector") {
            w.item();
            w.copy(selector);
        }
    });
    w.close(']');
    kept::each_part(&annotation.extra, FORMAT.id, "target", |name, value| {
        if !["source", "selector"].contains(&name) {
            w.field(name);
            w.copy(value);
        }
    });
    w.close('}');
    w.close(']');
}
