//! Rows and cells after RFC 4180, of files that need not keep to it.
//!
//! A row ends in CR LF, LF or CR outside quotation marks. A quotation mark inside of a cell that does not begin with
//! one is itself; what follows a closing one still belongs to the cell. So every file has cells. Nothing here knows
//! what they mean.

use crate::formats::Place;

/// Row after row of a file.
pub(super) struct Rows<'a> {
    rest: std::iter::Peekable<std::str::Chars<'a>>,
    separator: char,
    place: Place,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) cells: Vec<Cell>,
    /// Where a cell begins whose quotation mark is never closed.
    pub(super) open: Option<Place>,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) place: Place,
}

impl<'a> Rows<'a> {
    /// The rows of a text whose cells are separated by a character.
    pub(super) fn new(text: &'a str, separator: char) -> Self {
        Self { rest: text.chars().peekable(), separator, place: Place { line: 1, column: 1 } }
    }

    fn next_char(&mut self) -> Option<char> {
        let c = self.rest.next()?;
        let Place { line, column } = &mut self.place;
        if c == '\n' || (c == '\r' && self.rest.peek() != Some(&'\n')) {
            (*line, *column) = (line.saturating_add(1), 1);
        } else {
            *column = column.saturating_add(1);
        }
        Some(c)
    }

    /// Reads a cell; says what ended it and whether its quotation mark was closed.
    fn cell(&mut self) -> (Cell, Option<char>, bool) {
        let mut cell = Cell { text: String::new(), place: self.place };
        let mut quoted = self.rest.next_if_eq(&'"').is_some();
        self.place.column = self.place.column.saturating_add(u32::from(quoted));
        let mut closed = !quoted;
        while let Some(c) = self.next_char() {
            match c {
                '"' if quoted => {
                    if self.rest.peek() == Some(&'"') {
                        self.next_char();
                        cell.text.push('"');
                    } else {
                        (quoted, closed) = (false, true);
                    }
                }
                _ if quoted => cell.text.push(c),
                _ if c == self.separator => return (cell, Some(c), closed),
                '\r' | '\n' => {
                    if c == '\r' && self.rest.peek() == Some(&'\n') {
                        self.next_char();
                    }
                    return (cell, Some('\n'), closed);
                }
                _ => cell.text.push(c),
            }
        }
        (cell, None, closed)
    }
}

impl Iterator for Rows<'_> {
    type Item = Row;

    /// The next row that is not blank.
    fn next(&mut self) -> Option<Row> {
        let mut row = Row { cells: Vec::new(), open: None };
        while self.rest.peek().is_some() || !row.cells.is_empty() {
            let (cell, end, closed) = self.cell();
            if !closed {
                row.open = Some(cell.place);
            }
            row.cells.push(cell);
            if end == Some(self.separator) {
                continue;
            }
            if row.cells.iter().any(|cell| !cell.text.is_empty()) {
                return Some(row);
            }
            row.cells.clear();
            end?;
        }
        None
    }
}

/// What separates the cells of a file: whichever of tab, semicolon and comma its first row has most.
pub(super) fn separator(text: &str) -> char {
    let mut quoted = false;
    let mut counts = [('\t', 0), (';', 0), (',', 0)];
    for c in text.trim_start_matches(['\r', '\n']).chars() {
        match c {
            '"' => quoted = !quoted,
            '\r' | '\n' if !quoted => break,
            _ if !quoted => counts.iter_mut().filter(|(known, _)| *known == c).for_each(|(_, count)| *count += 1),
            _ => {}
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(0);
    counts.iter().rev().find(|(_, count)| *count == most).map_or(',', |(separator, _)| *separator)
}

/// The names in the first row of a file, as they are compared; `None` where there is no row.
pub(super) fn header(text: &str) -> Option<Vec<String>> {
    // The first row of a table is no longer than this; of a long text without line ends it would be all.
    const LONGEST: usize = 100_000;
    let start = &text[..text.floor_char_boundary(LONGEST)];
    let row = Rows::new(start, separator(start)).next()?;
    Some(row.cells.into_iter().map(|cell| cell.text).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn drawn(text: &str, separator: char) -> Vec<String> {
        let cell = |cell: &Cell| format!("{}:{} {:?}", cell.place.line, cell.place.column, cell.text);
        let open = |row: &Row| if row.open.is_some() { " open" } else { "" };
        Rows::new(text, separator)
            .map(|row| row.cells.iter().map(cell).collect::<Vec<_>>().join(" | ") + open(&row))
            .collect()
    }

    #[test]
    fn rows_fall_into_cells() {
        for (text, expected) in [
            ("a,b\r\nc,\n", vec![r#"1:1 "a" | 1:3 "b""#, r#"2:1 "c" | 2:3 """#]),
            ("a,\"b\r\n\"\"c\"\"\"\rd", vec![r#"1:1 "a" | 1:3 "b\r\n\"c\"""#, r#"3:1 "d""#]),
            ("a\"b,\"c\"d", vec![r#"1:1 "a\"b" | 1:5 "cd""#]),
            ("\n\n,\n\"\"\n x ", vec![r#"5:1 " x ""#]),
            ("a,\"b\nc", vec![r#"1:1 "a" | 1:3 "b\nc" open"#]),
            ("é,👍,x", vec![r#"1:1 "é" | 1:3 "👍" | 1:5 "x""#]),
            ("", vec![]),
        ] {
            assert_eq!(drawn(text, ','), expected, "{text:?}");
        }
    }

    #[test]
    fn the_first_row_tells_what_separates() {
        for (text, expected) in [("a;b,c;d\n", ';'), ("a\tb\n,,,,", '\t'), ("\"a;b;c\",d", ','), ("a", ','), ("", ',')]
        {
            assert_eq!(separator(text), expected, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_quoted_comes_back(rows in prop::collection::vec(prop::collection::vec("[a\"',;\t\r\n é]{0,6}", 1..4), 0..5)) {
            for separator in [',', ';', '\t'] {
                let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
                let line = |row: &Vec<String>| row.iter().map(quoted).collect::<Vec<_>>().join(&separator.to_string()) + "\r\n";
                let text: String = rows.iter().map(line).collect();
                let found: Vec<Vec<String>> =
                    Rows::new(&text, separator).map(|row| row.cells.into_iter().map(|cell| cell.text).collect()).collect();
                let full: Vec<_> = rows.iter().filter(|row| row.iter().any(|cell| !cell.is_empty())).cloned().collect();
                prop_assert_eq!(found, full);
            }
        }
    }
}
