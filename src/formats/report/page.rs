//! The page as a whole: its head, the legend, and its articles.

use super::{Look, Numbered, as_value, counted, escaped, id_of, list, marked};
use crate::formats::catalog::Job;
use crate::formats::file::OutFile;
use crate::formats::iri;
use crate::model::*;
use crate::text::{TextHash, wire};
use std::collections::BTreeSet;

/// Writes all of a workspace.
pub(super) fn write(workspace: &Workspace, job: &Job<'_>) -> Vec<OutFile> {
    let articles: Vec<&Article> = workspace.articles().into_iter().map(|article| &**article).collect();
    let title = match articles.as_slice() {
        [one] => one.name(),
        _ => format!("Annotations of {}", counted(articles.len(), "article", "articles")),
    };
    let mut out = head(&title, job);
    let labels = labels(workspace, &articles);
    out += "<body>\n<header class=\"top\">\n";
    let is_alone = articles.len() == 1;
    match articles.as_slice() {
        [one] if heads_itself(workspace, one) => {}
        [one] => heading(&mut out, one, "h1"),
        _ => out += &format!("<h1>{}</h1>\n", escaped(&title)),
    }
    let total =
        articles.iter().flat_map(|article| workspace.sheets_of(&article.id)).map(|(_, sheet)| sheet.len()).sum();
    let day = job.exported.as_str().get(..10).unwrap_or_default();
    let total = counted(total, "annotation", "annotations");
    out += &format!("<p class=\"about\">{total} · written on {day} by {}</p>\n", escaped(job.generator));
    legend(&mut out, workspace, &articles, &labels);
    if articles.len() > 1 {
        contents(&mut out, workspace, &articles, &labels);
    }
    out += "</header>\n<main>\n";
    for article in &articles {
        write_article(&mut out, workspace, article, is_alone);
    }
    out += "</main>\n</body>\n</html>\n";
    job.file("html", out)
}

/// The head of the page, with the policy that lets in its own style sheet and nothing else.
fn head(title: &str, job: &Job<'_>) -> String {
    let style = include_str!("style.css").replace('\r', "");
    let hash = iri::base64(&TextHash::of(&style), *b"+/");
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{hash}='; \
         base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <meta name=\"generator\" content=\"{}\">\n<title>{}</title>\n<style>{style}</style>\n</head>\n",
        as_value(job.generator),
        escaped(title),
    )
}

/// The labels of the scheme, and those that are used without being in it.
fn labels<'a>(workspace: &'a Workspace, articles: &[&'a Article]) -> Vec<&'a LabelId> {
    let sheets = articles.iter().flat_map(|article| workspace.sheets_of(&article.id));
    let used = sheets.flat_map(|(_, sheet)| sheet.iter()).map(|annotation| &annotation.label);
    let mut seen = BTreeSet::new();
    let all = workspace.scheme().labels.iter().map(|label| &label.id).chain(used);
    all.filter(|id| seen.insert(*id)).collect()
}

/// How many annotations of an article have a label.
fn count(workspace: &Workspace, article: &Article, label: &LabelId) -> usize {
    workspace.sheets_of(&article.id).map(|(_, sheet)| sheet.count(label)).sum()
}

fn legend(out: &mut String, workspace: &Workspace, articles: &[&Article], labels: &[&LabelId]) {
    let scheme = workspace.scheme();
    *out += "<ul class=\"legend\" aria-label=\"Labels\">\n";
    for id in labels {
        let look = Look::of(id, scheme);
        let count: usize = articles.iter().map(|article| count(workspace, article, id)).sum();
        let guideline = scheme.label(id).map_or("", |label| &label.guideline);
        *out += &format!(
            "<li class=\"{}\"><span class=\"sample\"></span><b dir=\"auto\">{}</b> <span class=\"count\">{count}</span>",
            look.classes(),
            escaped(look.name),
        );
        if !guideline.is_empty() {
            *out += &format!("<small dir=\"auto\">{}</small>", escaped(guideline));
        }
        *out += "</li>\n";
    }
    *out += "</ul>\n";
}

/// The articles, with how many annotations of each label they have.
fn contents(out: &mut String, workspace: &Workspace, articles: &[&Article], labels: &[&LabelId]) {
    *out += "<nav aria-label=\"Articles\">\n<ol class=\"contents\">\n";
    for article in articles {
        *out += &format!(
            "<li><a href=\"#{}\" dir=\"auto\">{}</a><span class=\"counts\">",
            id_of("article", article.id.as_str()),
            escaped(&article.name()),
        );
        for id in labels {
            let look = Look::of(id, workspace.scheme());
            let count = count(workspace, article, id);
            if count > 0 {
                *out += &format!(
                    "<span class=\"count {}\"><span class=\"sample\"></span><span class=\"unseen\">{}: </span>{count}</span>",
                    look.classes(),
                    escaped(look.name),
                );
            }
        }
        *out += "</span></li>\n";
    }
    *out += "</ol>\n</nav>\n";
}

/// The sheets of an article that have something in them.
fn sheets<'a>(workspace: &'a Workspace, article: &'a Article) -> Vec<(&'a AnnotatorCode, &'a Sheet)> {
    workspace.sheets_of(&article.id).filter(|(_, sheet)| !sheet.is_empty()).collect()
}

/// Whether the text of an article has its headline, and is there once, so that it needs no other heading.
fn heads_itself(workspace: &Workspace, article: &Article) -> bool {
    let headline = wire::recognise(&article.text).headline;
    sheets(workspace, article).len() < 2 && !headline.is_empty() && headline == article.name()
}

/// The name in the page of an article's heading.
fn heading_id(article: &Article) -> String {
    format!("{}.name", id_of("article", article.id.as_str()))
}

/// The heading of an article; a quiet one where the text has a headline as well.
fn heading(out: &mut String, article: &Article, element: &str) {
    let has_headline = !wire::recognise(&article.text).headline.is_empty();
    let quiet = if has_headline { " class=\"quiet\"" } else { "" };
    let (id, name) = (heading_id(article), escaped(&article.name()));
    *out += &format!("<{element} id=\"{id}\"{quiet} dir=\"auto\">{name}</{element}>\n");
}

/// An article with its annotations, once for each annotator. That of one that `is_alone` has its heading above it.
fn write_article(out: &mut String, workspace: &Workspace, article: &Article, is_alone: bool) {
    let id = id_of("article", article.id.as_str());
    let found = wire::recognise(&article.text);
    let sheets = sheets(workspace, article);
    let heads_itself = heads_itself(workspace, article);
    *out += &format!("<article id=\"{id}\" aria-labelledby=\"{}\">\n", heading_id(article));
    if !heads_itself && !is_alone {
        heading(out, article, "h2");
    }
    let facts = [&*article.byline, &*article.source, &*article.date];
    let about: Vec<&str> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
    if !about.is_empty() {
        *out += &format!("<p class=\"about\" dir=\"auto\">{}</p>\n", escaped(&about.join(" · ")));
    }
    let own_heading = heads_itself.then(|| (if is_alone { "h1" } else { "h2" }, heading_id(article)));
    let nobody = AnnotatorCode::new("");
    let nothing = Sheet::default();
    let shown = if sheets.is_empty() { vec![(&nobody, &nothing)] } else { sheets };
    let is_shared = shown.len() > 1;
    for (code, sheet) in shown {
        let annotations: Vec<Numbered<'_>> = sheet
            .iter()
            .enumerate()
            .map(|(at, annotation)| Numbered {
                annotation,
                number: at + 1,
                label: Look::of(&annotation.label, workspace.scheme()),
            })
            .collect();
        let of = id_of(&id, code.as_str());
        *out += "<section class=\"sheet\">\n";
        if is_shared || (code.as_str() != nobody.as_str() && *code != AnnotatorCode::default()) {
            let count = counted(sheet.len(), "annotation", "annotations");
            *out += &format!("<h3 class=\"whose\">Annotator {} <small>{count}</small></h3>\n", escaped(code.as_str()));
        }
        let places = marked::write(out, &article.text, &found.roles, &annotations, own_heading.as_ref(), &of);
        list::write(out, workspace.scheme(), &article.text, &annotations, &places);
        *out += "</section>\n";
    }
    *out += "</article>\n";
}
