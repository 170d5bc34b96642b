//! Which column of a table means what.
//!
//! Names are compared without regard to case and with `_`, `-` and blanks alike, and some that others use are known
//! as well. A column that nothing here knows stays with its rows.

use std::collections::BTreeMap;

/// What a column is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// The id of the article.
    Article,
    /// Its title.
    Title,
    /// Who made the annotation.
    Annotator,
    /// Its id.
    Id,
    /// Its label.
    Label,
    /// Where it starts.
    Start,
    /// Where it ends, exclusive.
    End,
    /// Its words.
    Text,
    /// The note.
    Note,
    /// Whether a person stands behind it.
    Status,
    /// An attribute by its id.
    Attribute(String),
    /// The annotations that links of a kind lead to, one a line.
    Links(String),
    /// Something that nothing here knows.
    Other(String),
}

/// What an attribute's column begins with.
pub(super) const ATTRIBUTE: &str = "attribute:";
/// What a column of links begins with.
pub(super) const LINK: &str = "link:";

/// The columns that every table has, by the names under which they are written, and other names for them.
pub(super) const FIXED: &[(Column, &[&str])] = &[
    (Column::Article, &["article", "document", "doc", "document id", "doc id", "article id"]),
    (Column::Title, &["title", "file", "filename"]),
    (Column::Annotator, &["annotator", "coder", "user"]),
    (Column::Id, &["id", "annotation id"]),
    (Column::Label, &["label", "type", "category", "code", "tag"]),
    (Column::Start, &["start", "begin", "start offset", "start char"]),
    (Column::End, &["end", "stop", "end offset", "end char"]),
    (Column::Text, &["text", "quote", "exact", "words", "quotation", "span"]),
    (Column::Note, &["note", "comment", "notes", "comments"]),
    (Column::Status, &["status"]),
];

/// The columns of a table.
pub(super) struct Columns(pub(super) Vec<Column>);

impl Columns {
    /// What the names of a header mean; a name that is there twice is numbered.
    pub(super) fn of(names: &[String]) -> Self {
        let mut columns: Vec<Column> = Vec::new();
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for name in names {
            let count = seen.entry(name).and_modify(|count| *count += 1).or_insert(1);
            let plain = name.trim().to_lowercase().replace(['_', '-'], " ");
            let known =
                FIXED.iter().find(|(_, names)| names.contains(&plain.as_str())).map(|(column, _)| column.clone());
            let known = known.filter(|column| !columns.contains(column));
            let numbered = |number: usize| other(&if number == 1 { name.clone() } else { format!("{name} {number}") });
            let free = || (*count..).map(numbered).find(|column| !columns.contains(column));
            columns.extend(known.or_else(free));
        }
        Self(columns)
    }

    /// Whether rows with these columns can be annotations.
    pub(super) fn is_usable(&self) -> bool {
        let has = |column: &Column| self.0.contains(column);
        has(&Column::Label) && (has(&Column::Text) || (has(&Column::Start) && has(&Column::End)))
    }
}

fn other(name: &str) -> Column {
    if let Some(id) = name.strip_prefix(ATTRIBUTE) {
        return Column::Attribute(id.to_owned());
    }
    match name.strip_prefix(LINK) {
        Some(kind) => Column::Links(kind.to_owned()),
        None => Column::Other(name.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_in_many_spellings() {
        let names = [
            "Document_ID",
            "LABEL",
            "Start",
            "end-offset",
            "Quote",
            "attribute:form",
            "link:speaker",
            "Colour",
            "text",
            "Colour",
        ];
        let names: Vec<String> = names.into_iter().map(str::to_owned).collect();
        let columns = Columns::of(&names);
        use Column::*;
        let expected = vec![
            Article,
            Label,
            Start,
            End,
            Text,
            Attribute("form".into()),
            Links("speaker".into()),
            Other("Colour".into()),
            Other("text".into()),
            Other("Colour 2".into()),
        ];
        assert_eq!(columns.0, expected);
        assert!(columns.is_usable());
        assert!(!Columns::of(&["label".to_owned(), "start".to_owned()]).is_usable());
    }
}
