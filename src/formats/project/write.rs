//! Writing a project file.

use super::file::{self, Annotations, AnnotatorPart, ArticlePart, File, SheetPart, Unknown};
use super::layout::Layout;
use super::{FORMAT, VERSION};
use crate::formats::{Issue, Severity};
use crate::model::{AnnotatorCode, Article, ArticleId, Sheet, Timestamp, Workspace};
use serde::Serialize;
use std::collections::BTreeSet;
use std::rc::Rc;

/// A project file and what was noticed while it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The file: JSON (RFC 8259) in UTF-8, ending with a line feed.
    pub content: String,
    /// Annotations that do not stand in their text. There are none unless the program has an error;
    /// they are written as they are, and a reader will say the same of them.
    pub issues: Vec<Issue>,
}

/// Writes the articles asked for, or all of them, with the sheets of every annotator. Sheets
/// whose article is not there are not written. The text of an article is written as it is.
pub fn write(workspace: &Workspace, articles: Option<&[ArticleId]>, exported: &Timestamp, generator: &str) -> Written {
    let mut chosen = workspace.articles();
    chosen.retain(|article| articles.is_none_or(|ids| ids.contains(&article.id)));
    let sheets: Vec<_> = chosen.iter().flat_map(|&a| workspace.sheets_of(&a.id).map(move |(n, s)| (a, n, s))).collect();
    let file = File {
        format: FORMAT,
        version: VERSION,
        generator,
        exported,
        units: file::UNITS,
        scheme: workspace.scheme(),
        annotators: annotators(workspace, &sheets),
        articles: chosen.iter().map(|article| ArticlePart::new(article)).collect(),
        sheets: sheets.iter().map(|(article, annotator, sheet)| part(workspace, article, annotator, sheet)).collect(),
        extra: Unknown::of(&workspace.extra, file::FILE),
    };
    let size: usize = chosen.iter().map(|a| a.text.byte_len().index()).sum();
    let marks: usize = sheets.iter().map(|(_, _, sheet)| sheet.len()).sum();
    let mut bytes = Vec::with_capacity(4_096 + size + size / 8 + marks * 640);
    // Writing to memory and maps with text for keys: there is nothing that could fail.
    let written = file.serialize(&mut serde_json::Serializer::with_formatter(&mut bytes, Layout::default()));
    debug_assert!(written.is_ok(), "{written:?}");
    bytes.push(b'\n');
    let content = String::from_utf8(bytes).unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned());
    Written { content, issues: sheets.iter().flat_map(|(article, _, sheet)| outside(article, sheet)).collect() }
}

type SheetOf<'a> = (&'a Rc<Article>, &'a AnnotatorCode, &'a Sheet);

/// The annotator at work first, then the others by their code.
fn annotators<'a>(workspace: &'a Workspace, sheets: &[SheetOf<'a>]) -> Vec<AnnotatorPart<'a>> {
    let own = workspace.annotator();
    let others: BTreeSet<_> = sheets.iter().map(|(_, annotator, _)| *annotator).filter(|code| *code != own).collect();
    std::iter::once(own)
        .chain(others)
        .map(|code| {
            let keys = [("code", code.as_str())];
            AnnotatorPart { code, extra: Unknown::item(&workspace.extra, "annotators", &keys, file::ANNOTATOR) }
        })
        .collect()
}

fn part<'a>(
    workspace: &'a Workspace,
    article: &'a Article,
    annotator: &'a AnnotatorCode,
    sheet: &'a Sheet,
) -> SheetPart<'a> {
    let keys = [("article", article.id.as_str()), ("annotator", annotator.as_str())];
    SheetPart {
        article: &article.id,
        annotator,
        annotations: Annotations { text: &article.text, sheet },
        extra: Unknown::item(&workspace.extra, "sheets", &keys, file::SHEET),
    }
}

fn outside<'a>(article: &'a Article, sheet: &'a Sheet) -> impl Iterator<Item = Issue> + 'a {
    sheet.iter().filter(|a| a.span.is_empty() || a.span.end() > article.text.len()).map(|a| {
        let message = format!(
            "annotation “{}” of “{}” reaches from {} to {} code points, but the text has {}; it was written as it is",
            a.id,
            article.name(),
            a.span.start().get(),
            a.span.end().get(),
            article.text.len().get(),
        );
        Issue::new(Severity::Error, message)
    })
}
