//! The parts of an article as a wire service sends it: date line, section, agency, place, headline,
//! caption, credit, sub-headings, paragraphs.
//!
//! Recognising is a guess for display and for the list of articles. It never touches the text, and
//! the person can correct what it found.

use crate::text::Text;

/// What a line of an article is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// A line with nothing to see in it.
    Blank,
    /// Date, slogan, section, agency, place: what stands above a headline.
    Kicker,
    /// The title of the article.
    Headline,
    /// What a picture shows, and whose picture it is.
    Caption,
    /// A short line that heads what follows.
    Subheading,
    /// Running text.
    #[default]
    Body,
}

/// What was recognised in an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WireCopy {
    /// A role for every block of the text.
    pub roles: Vec<Role>,
    /// The headline without white space around it; empty where none was found.
    pub headline: String,
    /// The date as `YYYY-MM-DD`; empty where none was found.
    pub date: String,
    /// The agency; empty where none was found.
    pub source: String,
}

/// A headline is no longer than this many code points.
const HEADLINE_LIMIT: usize = 200;
/// A sub-heading is no longer than this many code points.
const SUBHEADING_LIMIT: usize = 70;

/// Looks for the parts of an article in a text.
pub fn recognise(text: &Text) -> WireCopy {
    let lines: Vec<&str> = text.blocks().iter().map(|block| text.slice(block.span)).collect();
    let mut found = WireCopy {
        roles: lines.iter().map(|line| if is_blank(line) { Role::Blank } else { Role::Body }).collect(),
        ..WireCopy::default()
    };
    let groups = groups(&lines);
    let mut rest = groups.as_slice();
    if let Some((first, others)) = rest.split_first()
        && let Some(date) = date_line(lines[first.start])
    {
        found.date = date.to_owned();
        found.source = lines[first.clone()].get(2).map_or("", |line| line.trim()).to_owned();
        found.roles[first.clone()].fill(Role::Kicker);
        rest = others;
    }
    if let Some((title, others)) = rest.split_first()
        && is_headline(lines[title.start], !others.is_empty() || title.len() > 1)
    {
        found.headline = lines[title.start].trim().trim_start_matches('#').trim().to_owned();
        found.roles[title.start] = Role::Headline;
        rest = others;
    }
    if !found.date.is_empty()
        && let Some((caption, others)) = rest.split_first()
        && is_caption(&lines[caption.clone()])
    {
        found.roles[caption.clone()].fill(Role::Caption);
        rest = others;
    }
    for group in rest.iter().take(rest.len().saturating_sub(1)) {
        if group.len() == 1 && is_subheading(lines[group.start]) {
            found.roles[group.start] = Role::Subheading;
        }
    }
    found
}

fn is_blank(line: &str) -> bool {
    line.chars().all(|c| c.is_whitespace() || c == '\u{200b}' || c == '\u{feff}')
}

/// Runs of lines between blank ones.
fn groups(lines: &[&str]) -> Vec<std::ops::Range<usize>> {
    let mut groups = Vec::new();
    let mut start = None;
    for (i, line) in lines.iter().enumerate() {
        match (is_blank(line), start) {
            (false, None) => start = Some(i),
            (true, Some(from)) => {
                groups.push(from..i);
                start = None;
            }
            _ => {}
        }
    }
    groups.extend(start.map(|from| from..lines.len()));
    groups
}

/// The date of a line such as `date 2031-03-14 …`.
fn date_line(line: &str) -> Option<&str> {
    let rest = line.trim_start().strip_prefix("date ")?;
    let date = rest.get(..10)?;
    let fits = date.bytes().enumerate().all(|(i, b)| if matches!(i, 4 | 7) { b == b'-' } else { b.is_ascii_digit() });
    (fits && rest[10..].chars().next().is_none_or(char::is_whitespace)).then_some(date)
}

fn is_headline(line: &str, something_follows: bool) -> bool {
    let line = line.trim();
    something_follows && line.chars().count() <= HEADLINE_LIMIT && !line.ends_with(['.', ',', ';', ':', '。'])
}

/// A sentence with a credit line below it.
fn is_caption(group: &[&str]) -> bool {
    match group {
        [sentence, credit] => {
            sentence.chars().count() <= 400
                && credit.chars().count() <= 80
                && !credit.trim_end().ends_with(['.', '"', '”'])
        }
        _ => false,
    }
}

fn is_subheading(line: &str) -> bool {
    let line = line.trim();
    let starts_well = line.starts_with('#') || line.chars().next().is_some_and(char::is_uppercase);
    let ends_open = !line.ends_with(['.', '!', '?', ',', ';', ':', '"', '”', '…', '。', '»']);
    starts_well && ends_open && (2..=SUBHEADING_LIMIT).contains(&line.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roles(text: &str) -> String {
        let letter = |role: &Role| match role {
            Role::Blank => '.',
            Role::Kicker => 'k',
            Role::Headline => 'H',
            Role::Caption => 'c',
            Role::Subheading => 's',
            Role::Body => 'b',
        };
        recognise(&Text::new(text)).roles.iter().map(letter).collect()
    }

    #[test]
    fn each_line_gets_its_role() {
        let wire = " date 2031-03-14 Near. Far.\nRegional\nInland Wire\nMillford\n\nBridge opens\n\nA crowd waits.\nAnn Roe/Inland\n\nIt opened.\n\nWhat follows\n\nMore.\n";
        for (text, expected) in [
            (wire, "kkkk.H.cc.b.s.b."),
            ("Bridge opens\n\nIt opened.", "H.b"),
            ("# Bridge opens\r\n\r\nIt opened.\r\n", "H.b."),
            ("It opened on Monday.\nMore.", "bb"),
            ("Only line", "b"),
            ("", "."),
            ("\n \u{200b}\t\n", "..."),
        ] {
            assert_eq!(roles(text), expected, "{text:?}");
        }
        let found = recognise(&Text::new(wire));
        assert_eq!(
            (found.headline.as_str(), found.date.as_str(), found.source.as_str()),
            ("Bridge opens", "2031-03-14", "Inland Wire")
        );
    }

    #[test]
    fn what_only_looks_like_a_date_is_none() {
        for line in ["date 2031-3-14 x", "date 2031-03-145", "date", "update 2031-03-14", "date 2031-03-1é x"] {
            assert_eq!(date_line(line), None, "{line}");
        }
    }
}
