//! Writing a table.

use super::columns::{ATTRIBUTE, FIXED, LINK};
use super::{FORMAT, SEPARATOR, guarded};
use crate::formats::catalog::Job;
use crate::formats::draft::label_name;
use crate::formats::file::OutFile;
use crate::formats::kept;
use crate::model::*;
use std::collections::{BTreeMap, BTreeSet};

/// Writes all of a workspace.
pub(super) fn write(workspace: &Workspace, job: &Job<'_>) -> Vec<OutFile> {
    let (separator, extension, mark) = match job.options.get(SEPARATOR.id) {
        "tab" => ('\t', "tsv", ""),
        "semicolon" => (';', "csv", "\u{feff}"),
        _ => (',', "csv", "\u{feff}"),
    };
    let columns = Columns::of(workspace);
    let mut table = Table { text: mark.to_owned(), separator };
    table.row(columns.names());
    for article in job.articles(workspace) {
        for (code, sheet) in workspace.sheets_of(&article.id) {
            let annotations: Vec<_> = sheet.iter().cloned().collect();
            let ids = kept::written_ids(&annotations, FORMAT.id);
            for annotation in &annotations {
                table.row(columns.cells(article, code, annotation, &ids, workspace.scheme()));
            }
        }
    }
    job.file(extension, table.text)
}

/// A table under way.
struct Table {
    text: String,
    separator: char,
}

impl Table {
    fn row(&mut self, cells: Vec<String>) {
        for (number, cell) in cells.iter().enumerate() {
            if number > 0 {
                self.text.push(self.separator);
            }
            let is_plain = !cell.contains([self.separator, '"', '\r', '\n']);
            if is_plain {
                self.text.push_str(cell);
            } else {
                self.text.push('"');
                self.text.push_str(&cell.replace('"', "\"\""));
                self.text.push('"');
            }
        }
        self.text.push_str("\r\n");
    }
}

/// The columns that are not in every table.
struct Columns {
    attributes: BTreeSet<AttributeId>,
    links: BTreeSet<LinkTypeId>,
    others: BTreeSet<String>,
}

impl Columns {
    fn of(workspace: &Workspace) -> Self {
        let mut columns = Self { attributes: BTreeSet::new(), links: BTreeSet::new(), others: BTreeSet::new() };
        for annotation in workspace.all_sheets().flat_map(|(_, sheet)| sheet.iter()) {
            columns.attributes.extend(annotation.attributes.iter().map(|(id, _)| id.clone()));
            columns.links.extend(annotation.links.iter().map(|link| link.kind.clone()));
            kept::each_field(&annotation.extra, FORMAT.id, |name, _| {
                if name != kept::ID {
                    columns.others.insert(name.to_owned());
                }
            });
        }
        columns
    }

    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = FIXED.iter().map(|(_, names)| names[0].to_owned()).collect();
        names.extend(self.attributes.iter().map(|id| format!("{ATTRIBUTE}{id}")));
        names.extend(self.links.iter().map(|kind| format!("{LINK}{kind}")));
        names.extend(self.others.iter().cloned());
        names.iter().map(|name| guarded(name)).collect()
    }

    /// The cells of a row, in the order of the names.
    fn cells(
        &self,
        article: &Article,
        annotator: &AnnotatorCode,
        annotation: &Annotation,
        ids: &BTreeMap<AnnotationId, String>,
        scheme: &LabelScheme,
    ) -> Vec<String> {
        let id = |id: &AnnotationId| ids.get(id).map_or(id.as_str(), String::as_str).to_owned();
        let (start, end) = (annotation.span.start().get(), annotation.span.end().get());
        let mut cells = vec![
            guarded(article.id.as_str()),
            guarded(&article.title),
            guarded(annotator.as_str()),
            guarded(&id(&annotation.id)),
            guarded(&label_name(&annotation.label, scheme)),
            start.to_string(),
            end.to_string(),
            guarded(article.text.slice(annotation.span)),
            guarded(&annotation.note),
            annotation.status.as_str().to_owned(),
        ];
        // An attribute without a value is told from none by the guard alone.
        let value = |value: &str| if value.is_empty() { "'".to_owned() } else { guarded(value) };
        cells
            .extend(self.attributes.iter().map(|id| annotation.attributes.get(id).map_or(String::new(), |v| value(v))));
        for kind in &self.links {
            let to = annotation.links.iter().filter(|link| link.kind == *kind).map(|link| id(&link.to));
            cells.push(guarded(&to.collect::<Vec<_>>().join("\n")));
        }
        for name in &self.others {
            cells.push(guarded(&kept::text(&annotation.extra, FORMAT.id, name).unwrap_or_default()));
        }
        cells
    }
}
