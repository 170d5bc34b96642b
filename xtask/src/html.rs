//! Reading and rewriting `index.html`: its `data-trunk` links are found here and replaced.
//!
//! It is made for that one small file of our own. It is no HTML parser, refuses what it does
//! not know instead of guessing, and never touches a file.

use anyhow::{Context, Result, bail};
use std::ops::Range;

/// One `<link data-trunk ...>` of the page.
#[derive(Debug, PartialEq, Eq)]
pub struct TrunkLink {
    /// Where the whole tag stands.
    pub range: Range<usize>,
    /// What `rel` says: `rust`, `css`, `copy-dir`, ...
    pub rel: String,
    /// What `href` says, where it is given.
    pub href: Option<String>,
}

/// Finds all links that are meant for the build, in the order of the page.
pub fn trunk_links(page: &str) -> Result<Vec<TrunkLink>> {
    let mut links = Vec::new();
    let mut from = 0;
    while let Some(found) = page[from..].find("<link") {
        let start = from + found;
        let length = page[start..].find('>').context("index.html: a <link> is never closed")?;
        let end = start + length + 1;
        from = end;
        let attributes = attributes(&page[start + "<link".len()..end - 1])?;
        let value = |name: &str| {
            let found = attributes.iter().find(|(own, _)| own == name);
            found.map(|(_, value)| value.clone())
        };
        if value("data-trunk").is_none() {
            continue;
        }
        links.push(TrunkLink {
            range: start..end,
            rel: value("rel").context("index.html: a data-trunk link has no rel")?,
            href: value("href"),
        });
    }
    Ok(links)
}

/// The names and values inside a tag; a name without a value has an empty one.
fn attributes(inside: &str) -> Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    let mut rest = inside.trim().trim_end_matches('/').trim_end();
    while !rest.is_empty() {
        let end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
        let name = rest[..end].to_ascii_lowercase();
        rest = rest[end..].trim_start();
        let mut value = String::new();
        if let Some(after) = rest.strip_prefix('=') {
            let after = after.trim_start();
            let Some(quote @ ('"' | '\'')) = after.chars().next() else {
                bail!("index.html: the value of {name} stands without quotation marks");
            };
            let length =
                after[1..].find(quote).with_context(|| format!("index.html: the value of {name} is never closed"))?;
            value = after[1..=length].to_owned();
            rest = after[length + 2..].trim_start();
        }
        found.push((name, value));
    }
    Ok(found)
}

/// The page with each link replaced by what stands at its place in `texts`; one that becomes nothing takes
/// its line along.
pub fn replace(page: &str, links: &[TrunkLink], texts: &[String]) -> String {
    let mut out = String::with_capacity(page.len());
    let mut from = 0;
    for (link, text) in links.iter().zip(texts) {
        let Range { start, end } = if text.is_empty() { line(page, link.range.clone()) } else { link.range.clone() };
        out.push_str(&page[from..start]);
        out.push_str(text);
        from = end;
    }
    out.push_str(&page[from..]);
    out
}

/// The page without the first tag that starts so, and without the line on which it stands alone.
pub fn without_tag(page: &str, tag: &str) -> Result<String> {
    let Range { start, end } = line(page, range_of_tag(page, tag)?);
    Ok(format!("{}{}", &page[..start], &page[end..]))
}

/// A tag with all of its line, where nothing else stands on it.
fn line(page: &str, tag: Range<usize>) -> Range<usize> {
    let start = page[..tag.start].trim_end_matches([' ', '\t']).len();
    let rest = page[tag.end..].trim_start_matches([' ', '\t', '\r']);
    match rest.strip_prefix('\n') {
        Some(after) if page[..start].ends_with('\n') => start..page.len() - after.len(),
        _ => tag,
    }
}

/// The page with `text` put behind the first tag that starts so, e.g. `<body`.
pub fn insert_after_tag(page: &str, tag: &str, text: &str) -> Result<String> {
    let end = range_of_tag(page, tag)?.end;
    Ok(format!("{}{text}{}", &page[..end], &page[end..]))
}

/// Where the first tag stands that starts so.
fn range_of_tag(page: &str, tag: &str) -> Result<Range<usize>> {
    let start = page.find(tag).with_context(|| format!("index.html has no {tag}>"))?;
    let length = page[start..].find('>').with_context(|| format!("index.html: {tag} is never closed"))?;
    Ok(start..start + length + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<head>\n<link rel=\"icon\" href=\"data:,\">\n\
        <link data-trunk rel=\"rust\" data-wasm-opt='z' />\n\
        <link rel=\"css\" data-trunk href=\"static/app.css\">\n</head>\n<body class=\"x\"></body>\n";

    #[test]
    fn only_the_links_for_the_build_are_found() {
        let links = trunk_links(PAGE).unwrap();
        let seen: Vec<_> = links.iter().map(|link| (link.rel.as_str(), link.href.as_deref())).collect();
        assert_eq!(seen, [("rust", None), ("css", Some("static/app.css"))]);
    }

    #[test]
    fn links_are_replaced_in_place_and_leave_no_blank_line() {
        let links = trunk_links(PAGE).unwrap();
        let page = replace(PAGE, &links, &[String::new(), "<style-here>".into()]);
        assert_eq!(
            page,
            "<head>\n<link rel=\"icon\" href=\"data:,\">\n<style-here>\n</head>\n\
             <body class=\"x\"></body>\n"
        );
    }

    #[test]
    fn a_tag_goes_with_the_line_that_it_has_for_itself() {
        let page = without_tag("<head>\n  <link rel=\"a\">\n</head>", "<link").unwrap();
        assert_eq!(page, "<head>\n</head>");
        assert_eq!(without_tag("<head><link rel=\"a\">\n</head>", "<link").unwrap(), "<head>\n</head>");
        assert!(without_tag("<head></head>", "<link").is_err());
    }

    #[test]
    fn text_goes_behind_a_tag_with_attributes() {
        let page = insert_after_tag(PAGE, "<body", "<p>").unwrap();
        assert!(page.contains("<body class=\"x\"><p></body>"));
        assert!(insert_after_tag(PAGE, "<main", "").is_err());
    }

    #[test]
    fn broken_pages_are_refused() {
        for page in [
            "<link data-trunk rel=\"css\"",
            "<link data-trunk rel=css>",
            "<link data-trunk href=\"x\">",
            "<link data-trunk rel=\"css>",
        ] {
            assert!(trunk_links(page).is_err(), "{page}");
        }
    }
}
