//! Reading a table. Its articles are those that are here: found by id, else by title, else the only one.

use super::cells::{Cell, Row, Rows, separator};
use super::columns::{Column, Columns};
use super::{FORMAT, unguarded};
use crate::formats::catalog::{Context, Refusal};
use crate::formats::draft::{ArticleDraft, Builder, LinkDraft, MarkDraft, QuoteDraft};
use crate::formats::fields::clip;
use crate::formats::file::InFile;
use crate::formats::{Place, Reading, Severity};
use crate::limits;
use crate::model::*;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Reads a file.
pub(super) fn read(files: &[&InFile], context: &Context<'_>) -> Result<Reading, Refusal> {
    let text = files.first().map_or("", |file| &file.text);
    let mut rows = Rows::new(text, separator(text));
    let header = rows.next().ok_or_else(|| Refusal::new("the table is empty"))?;
    let place = header.cells.first().map(|cell| cell.place);
    let names: Vec<String> = header.cells.iter().map(|cell| unguarded(&cell.text).to_owned()).collect();
    if names.len() > limits::LIST {
        let message = format!("the first row has {} columns, and no more than {} fit", names.len(), limits::LIST);
        return Err(Refusal { place, message });
    }
    let columns = Columns::of(&names);
    if !columns.is_usable() {
        let names = names.join(", ");
        let names = clip(&names);
        let message = format!(
            "the first row names no column “label” with “text”, or with “start” and “end”; its columns are: {names}"
        );
        return Err(Refusal { place, message });
    }
    let mut builder = Builder::new(FORMAT.id, context);
    let mut articles = Articles::of(context.here);
    for row in rows {
        check(&mut builder, &row, columns.0.len());
        let line = Line::of(&columns, &row);
        match articles.find(line.article, line.title) {
            Some(place) => {
                let mark = mark(&mut builder, line);
                articles.marks[place].push(mark);
            }
            None => {
                let (id, title) = (clip(line.article), clip(line.title));
                let message = format_args!(
                    "annotation: its article (“{id}”, “{title}”) is not here, and a table has no texts; open the article first"
                );
                builder.set_aside(line.place, message);
            }
        }
    }
    for (article, marks) in articles.known.into_iter().zip(articles.marks).filter(|(_, marks)| !marks.is_empty()) {
        // The builder finds the article that is here by its text, and where several have it by its id.
        let id = Some(article.id.to_string()).filter(|id| id.starts_with("t-")).unwrap_or_default();
        let text = article.text.as_str().to_owned();
        builder.add(ArticleDraft { id, text, marks, ..ArticleDraft::default() });
    }
    Ok(builder.finish())
}

/// Says what is wrong with the form of a row.
fn check(builder: &mut Builder<'_>, row: &Row, width: usize) {
    let place = row.cells.first().map(|cell| cell.place);
    if row.open.is_some() {
        let message =
            format_args!("a quotation mark opens here and is never closed; all that follows was taken for this cell");
        builder.tell(Severity::Warning, row.open, message);
    }
    let found = row.cells.len();
    if found < width {
        builder.tell(
            Severity::Note,
            place,
            format_args!("the row has {found} cells of {width}; the others count as empty"),
        );
    } else if found > width {
        let message =
            format_args!("the row has {found} cells, the table has {width} columns; the last ones were left out");
        builder.tell(Severity::Warning, place, message);
    }
}

/// The articles that are here, with what the table says of each.
struct Articles<'a> {
    known: Vec<&'a Rc<Article>>,
    marks: Vec<Vec<MarkDraft>>,
    by_id: BTreeMap<&'a str, usize>,
    by_title: BTreeMap<&'a str, usize>,
}

impl<'a> Articles<'a> {
    fn of(here: &'a Workspace) -> Self {
        let known = here.articles();
        let by_id = known.iter().enumerate().map(|(at, article)| (article.id.as_str(), at)).collect();
        // Of several with one title the first is taken.
        let by_title = known.iter().enumerate().rev().map(|(at, article)| (article.title.as_str(), at)).collect();
        Self { marks: known.iter().map(|_| Vec::new()).collect(), known, by_id, by_title }
    }

    fn find(&self, id: &str, title: &str) -> Option<usize> {
        // What stands in the column of ids may be a title as well.
        let by_title = [title, id].into_iter().filter(|name| !name.is_empty()).find_map(|name| self.by_title.get(name));
        let only = Some(&0).filter(|_| self.known.len() == 1);
        self.by_id.get(id).or(by_title).or(only).copied()
    }
}

/// The cells of a row by what they mean.
struct Line<'r> {
    article: &'r str,
    title: &'r str,
    cells: Vec<(&'r Column, &'r str, Place)>,
    place: Option<Place>,
}

impl<'r> Line<'r> {
    fn of(columns: &'r Columns, row: &'r Row) -> Self {
        let cells: Vec<_> =
            columns.0.iter().zip(&row.cells).map(|(c, Cell { text, place })| (c, text.as_str(), *place)).collect();
        let of = |column: Column| cells.iter().find(|(c, ..)| **c == column).map_or("", |(_, text, _)| unguarded(text));
        let (article, title) = (of(Column::Article), of(Column::Title));
        Self { article, title, cells, place: row.cells.first().map(|cell| cell.place) }
    }
}

/// The annotation of a row.
fn mark(builder: &mut Builder<'_>, line: Line<'_>) -> MarkDraft {
    let mut mark = MarkDraft { place: line.place, ..MarkDraft::default() };
    let (mut start, mut end) = (None, None);
    for (column, cell, place) in line.cells {
        let text = unguarded(cell);
        match column {
            Column::Article | Column::Title => {}
            Column::Annotator => mark.annotator = text.to_owned(),
            Column::Id => mark.id = text.to_owned(),
            Column::Label => mark.label = text.to_owned(),
            Column::Start => start = offset(builder, text, place),
            Column::End => end = offset(builder, text, place),
            Column::Text => mark.quote = Some(QuoteDraft::new(text)).filter(|quote| !quote.exact.is_empty()),
            Column::Note => mark.note = text.to_owned(),
            Column::Status => mark.status = status(builder, text, place),
            // One without a value has its guard.
            Column::Attribute(_) if cell.is_empty() => {}
            Column::Attribute(id) => mark.attributes.push((id.clone(), text.to_owned())),
            Column::Links(kind) => {
                let to = text.lines().filter(|to| !to.is_empty());
                mark.links.extend(to.map(|to| LinkDraft { kind: kind.clone(), to: to.into(), ..LinkDraft::default() }));
            }
            Column::Other(_) if text.is_empty() => {}
            Column::Other(name) => mark.fields.put_text(name, text),
        }
    }
    mark.pieces.extend(start.zip(end));
    mark
}

/// An offset; `None` with an issue where there is something else.
fn offset(builder: &mut Builder<'_>, text: &str, place: Place) -> Option<u32> {
    let text = text.trim();
    let offset = text.parse().ok();
    if offset.is_none() && !text.is_empty() {
        let text = clip(text);
        let message = format_args!("expected an offset, found “{text}”; the words of the annotation count");
        builder.tell(Severity::Warning, Some(place), message);
    }
    offset
}

/// Where the table does not say it, a person stands behind an annotation.
fn status(builder: &mut Builder<'_>, text: &str, place: Place) -> Status {
    let status = Status::parse(text);
    if status.is_none() && !text.is_empty() {
        let text = clip(text);
        let message = format_args!("the status “{text}” is not known here; taken as confirmed");
        builder.tell(Severity::Warning, Some(place), message);
    }
    status.unwrap_or_default()
}
