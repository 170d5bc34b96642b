//! What of the model goes into a record, field by field.

use super::bytes::Out;
use crate::model::*;

/// A change, before and after.
pub(crate) fn put_change(out: &mut Out, change: &Change) {
    match change {
        Change::Article { before, after } => {
            out.number(0);
            out.option(before.as_deref(), put_article);
            out.option(after.as_deref(), put_article);
        }
        Change::Annotation { sheet, before, after } => {
            out.number(1);
            put_key(out, sheet);
            out.option(before.as_deref(), put_annotation);
            out.option(after.as_deref(), put_annotation);
        }
        Change::Scheme { before, after } => {
            out.number(2);
            put_scheme(out, before);
            put_scheme(out, after);
        }
        Change::Annotator { before, after } => {
            out.number(3);
            out.text(before.as_str());
            out.text(after.as_str());
        }
        Change::Extra { before, after } => {
            out.number(4);
            out.text(before.as_json());
            out.text(after.as_json());
        }
    }
}

/// Which sheet.
pub(crate) fn put_key(out: &mut Out, key: &SheetKey) {
    out.text(key.article.as_str());
    out.text(key.annotator.as_str());
}

/// An article, its text by its hash.
pub(crate) fn put_article(out: &mut Out, article: &Article) {
    out.text(article.id.as_str());
    out.text(article.text.hash().as_str());
    out.text(&article.title);
    out.text(&article.source);
    out.text(&article.date);
    out.text(&article.byline);
    out.text(&article.extractor);
    out.text(&article.encoding);
    out.number(article.done.into());
    out.text(article.created.as_str());
    out.text(article.changed.as_str());
    out.text(article.extra.as_json());
}

/// An annotation.
pub(crate) fn put_annotation(out: &mut Out, annotation: &Annotation) {
    out.text(annotation.id.as_str());
    out.text(annotation.label.as_str());
    out.number(annotation.span.start().get().into());
    out.number(annotation.span.end().get().into());
    out.number(annotation.attributes.len() as u64);
    for (id, value) in annotation.attributes.iter() {
        out.text(id.as_str());
        out.text(value);
    }
    out.list(&annotation.links, |out, link| {
        out.text(link.kind.as_str());
        out.text(link.to.as_str());
        out.text(link.extra.as_json());
    });
    out.text(&annotation.note);
    out.text(annotation.status.as_str());
    out.text(annotation.created.as_str());
    out.text(annotation.changed.as_str());
    out.text(annotation.origin.as_str());
    out.text(annotation.extra.as_json());
}

/// The label scheme.
pub(crate) fn put_scheme(out: &mut Out, scheme: &LabelScheme) {
    out.list(&scheme.labels, |out, label| {
        out.text(label.id.as_str());
        out.text(&label.name);
        out.text(&label.plural);
        out.text(label.line.as_str());
        out.number(label.colour.into());
        out.number(u32::from(label.key).into());
        out.text(&label.guideline);
        out.list(&label.attributes, |out, attribute| {
            out.text(attribute.id.as_str());
            out.text(&attribute.name);
            out.list(&attribute.values, |out, value| out.text(value));
            out.text(attribute.extra.as_json());
        });
        out.list(&label.links, |out, link| {
            out.text(link.id.as_str());
            out.text(&link.name);
            out.list(&link.to, |out, label| out.text(label.as_str()));
            out.number(link.many.into());
            out.text(link.extra.as_json());
        });
        out.text(label.extra.as_json());
    });
    out.text(scheme.extra.as_json());
}
