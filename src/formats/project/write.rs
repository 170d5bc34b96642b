//! Writing a project file.

use super::file::{self, Unknown};
use super::{FORMAT, VERSION};
use crate::formats::json::Writer;
use crate::formats::{Issue, Severity};
use crate::model::{AnnotatorCode, Article, ArticleId, Sheet, Timestamp, Workspace};
use std::rc::Rc;

/// Containers that this many others hold are written on one line: an annotation to a line.
const FLAT: usize = 4;

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
    let size: usize = chosen.iter().map(|a| a.text.byte_len().index()).sum();
    let marks: usize = sheets.iter().map(|(_, _, sheet)| sheet.len()).sum();
    let mut w = Writer::lined(FLAT, 4_096 + size + size / 8 + marks * 640);
    let unknown = Unknown::of(&workspace.extra);
    w.open('{');
    w.text_field("format", FORMAT);
    w.number_field("version", VERSION);
    w.text_field("generator", generator);
    w.text_field("exported", exported.as_str());
    w.field("units");
    w.open('{');
    for (name, meaning) in file::UNITS {
        w.text_field(name, meaning);
    }
    w.close('}');
    w.field("scheme");
    file::scheme(&mut w, workspace.scheme());
    w.field("annotators");
    w.open('[');
    for code in annotators(workspace, &sheets) {
        w.item();
        file::annotator(&mut w, code, &unknown);
    }
    w.close(']');
    w.field("articles");
    w.open('[');
    for article in &chosen {
        w.item();
        file::article(&mut w, article);
    }
    w.close(']');
    w.field("sheets");
    w.open('[');
    for (article, annotator, sheet) in &sheets {
        w.item();
        file::sheet(&mut w, article, annotator, sheet, &unknown);
    }
    w.close(']');
    unknown.write(&mut w, file::FILE);
    w.close('}');
    let content = w.finish() + "\n";
    Written { content, issues: sheets.iter().flat_map(|(article, _, sheet)| outside(article, sheet)).collect() }
}

type SheetOf<'a> = (&'a Rc<Article>, &'a AnnotatorCode, &'a Sheet);

/// The annotator at work first, then the others by their code.
fn annotators<'a>(workspace: &'a Workspace, sheets: &[SheetOf<'a>]) -> Vec<&'a AnnotatorCode> {
    let own = workspace.annotator();
    let mut codes = vec![own];
    for (_, code, _) in sheets {
        if *code != own
            && let Err(at) = codes[1..].binary_search(code)
        {
            codes.insert(at + 1, code);
        }
    }
    codes
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
