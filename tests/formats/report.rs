//! The report: what is in the page, held against a dumb reader of its tags.

use crate::law::write_all;
use crate::make::{FESTIVAL, add, add_article, any_workspace, article, mark, small};
use annotator::formats::catalog;
use annotator::formats::options::Options;
use annotator::model::*;
use annotator::text::{Text, TextHash};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn write(workspace: &Workspace) -> String {
    let format = catalog::by_id("report").expect("the format");
    let mut files = write_all(format, workspace, &Options::default()).files;
    assert_eq!((files.len(), files[0].name.as_str()), (1, "work.html"));
    files.remove(0).text
}

/// A tag with its attributes, or a text between tags.
#[derive(Debug, PartialEq)]
enum Part {
    Open(String, Vec<(String, String)>),
    Close(String),
    Text(String),
}

fn unescaped(words: &str) -> String {
    let named = [("&lt;", "<"), ("&gt;", ">"), ("&#34;", "\""), ("&#13;", "\r"), ("&#10;", "\n"), ("&#9;", "\t")];
    assert!(!words.contains(['<', '>']), "{words}");
    named.iter().fold(words.to_owned(), |text, (name, c)| text.replace(name, c)).replace("&amp;", "&")
}

/// Takes a page apart. Only what the report writes is known; anything else fails.
fn parts(page: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut rest = page.strip_prefix("<!doctype html>\n").expect("the type of the document");
    while let Some((text, tag)) = rest.split_once('<') {
        parts.push(Part::Text(unescaped(text)));
        let (tag, after) = tag.split_once('>').expect("the end of a tag");
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            parts.push(Part::Close(name.to_owned()));
            continue;
        }
        let (name, mut list) = tag.split_once(' ').unwrap_or((tag, ""));
        let mut attributes = Vec::new();
        while let Some((name, after)) = list.split_once("=\"") {
            let (value, after) = after.split_once('"').expect("the end of a value");
            attributes.push((name.trim().to_owned(), unescaped(value)));
            list = after;
        }
        assert_eq!(list, "", "{tag}");
        parts.push(Part::Open(name.to_owned(), attributes));
    }
    parts
}

const KNOWN: &[&str] = &[
    "html", "head", "meta", "title", "style", "body", "header", "main", "nav", "article", "section", "h1", "h2", "h3",
    "p", "div", "mark", "span", "ol", "ul", "li", "a", "b", "small",
];
const ATTRIBUTES: &[&str] = &[
    "lang",
    "dir",
    "charset",
    "http-equiv",
    "content",
    "name",
    "class",
    "id",
    "href",
    "title",
    "aria-label",
    "aria-labelledby",
    "aria-details",
    "data-number",
];

/// What holds of every page: gives the lines of its texts.
fn check(page: &str) -> Vec<String> {
    // A style sheet is no markup.
    let (head, rest) = page.split_once("<style>").expect("a style sheet");
    let parts = parts(&format!("{head}<style>{}", rest.split_at(rest.find("</style>").expect("its end")).1));
    let (mut open, mut ids, mut wanted, mut lines) = (Vec::new(), BTreeSet::new(), BTreeSet::new(), Vec::new());
    let mut in_text = None;
    for part in parts {
        match part {
            Part::Open(name, attributes) => {
                assert!(KNOWN.contains(&name.as_str()), "{name}");
                let class = attributes.iter().find(|(name, _)| name == "class").map_or("", |(_, value)| value);
                if name == "div" && class == "text" {
                    in_text = Some(open.len());
                }
                if in_text.is_some_and(|depth| open.len() == depth + 1) {
                    lines.push(String::new());
                }
                for (attribute, value) in &attributes {
                    assert!(ATTRIBUTES.contains(&attribute.as_str()), "{attribute}");
                    match attribute.as_str() {
                        "id" => assert!(ids.insert(value.clone()), "{value} is there twice"),
                        "href" => wanted.extend(value.strip_prefix('#').map(str::to_owned)),
                        "aria-labelledby" | "aria-details" => wanted.extend(value.split(' ').map(str::to_owned)),
                        _ => {}
                    }
                }
                if name != "meta" {
                    open.push(name);
                }
            }
            Part::Close(name) => {
                assert_eq!(open.pop(), Some(name));
                in_text = in_text.filter(|depth| open.len() > *depth);
            }
            Part::Text(words) => {
                if in_text.is_some_and(|depth| open.len() > depth + 1) {
                    lines.last_mut().expect("a line").push_str(&words);
                }
            }
        }
    }
    assert_eq!(open, Vec::<String>::new());
    let nowhere: Vec<_> = wanted.difference(&ids).collect();
    assert!(nowhere.is_empty(), "{nowhere:?} lead nowhere");
    lines
}

/// The lines of a text that are not blank, as a page can hold them.
fn lines(text: &Text) -> Vec<String> {
    let forbidden = |c: char| (c < ' ' && !"\t\r\n".contains(c)) || matches!(c, '\u{fffe}' | '\u{ffff}');
    let lines = text.blocks().iter().map(|block| text.slice(block.span));
    let is_blank = |line: &str| line.chars().all(|c| c.is_whitespace() || c == '\u{200b}' || c == '\u{feff}');
    let shown = lines.filter(|line| !is_blank(line));
    shown.map(|line| line.chars().map(|c| if forbidden(c) { '\u{fffd}' } else { c }).collect()).collect()
}

#[test]
fn the_policy_lets_in_its_style_sheet_and_nothing_else() {
    let page = write(&small());
    let policy = page.split_once("content=\"default-src 'none'; style-src 'sha256-").expect("a policy").1;
    let (hash, rest) = policy.split_once('\'').expect("a hash");
    assert!(rest.starts_with("; base-uri 'none'; form-action 'none'\">"), "{rest:.80}");
    let style = page.split_once("<style>").and_then(|(_, rest)| rest.split_once("</style>")).expect("a style sheet").0;
    const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bits: String = hash
        .trim_end_matches('=')
        .chars()
        .map(|letter| format!("{:06b}", LETTERS.find(letter).expect("a letter of base64")))
        .collect();
    let digits = (0..64).map(|at| u8::from_str_radix(&bits[at * 4..at * 4 + 4], 2).expect("bits"));
    assert_eq!(digits.map(|digit| format!("{digit:x}")).collect::<String>(), TextHash::of(style).as_str());
    assert_eq!(hash.len(), 44);
    for never in ["<script", "http:", "https:", "url(", "@import"] {
        assert!(!page.contains(never), "{never}");
    }
}

#[test]
fn marks_and_list_say_what_is_annotated() {
    let mut workspace = Workspace::default();
    add_article(&mut workspace, Article { title: "<Sign>".into(), ..article("t-w-00001", "“We open,” said Zoë <b>.") });
    let mut quote = mark("a-w-00002", "quote", 0, 10);
    quote.attributes.insert(AttributeId::new("basis"), "explicit".into());
    quote.attributes.insert(AttributeId::new("form"), "direct".into());
    quote.attributes.insert(AttributeId::new("x"), "\"y\"".into());
    quote.note = "Is \"it\" so?".into();
    quote.status = Status::Proposed;
    let to = AnnotationId::new("a-w-00003");
    quote.links.push(Link { kind: LinkTypeId::new("speaker"), to, extra: Extra::default() });
    add(&mut workspace, "t-w-00001", "A1", quote);
    add(&mut workspace, "t-w-00001", "A1", mark("a-w-00003", "entity", 16, 19));
    add(&mut workspace, "t-w-00001", "A1", mark("a-w-00004", "claim", 1, 8));
    let page = write(&workspace);
    for part in [
        "<h1 id=\"article.t-w-00001.name\" dir=\"auto\">&lt;Sign&gt;</h1>",
        "<p class=\"about\">3 annotations · written on 2031-03-14 by annotator 0.1.0</p>",
        "<li class=\"c2 dashed\"><span class=\"sample\"></span><b dir=\"auto\">Claim</b> <span class=\"count\">1</span>",
        "<mark class=\"m c1 solid lane-1 first\" id=\"article.t-w-00001.A1.1\" title=\"Quote: Is &#34;it&#34; so?\" \
         aria-details=\"annotation.a-w-00002\">“</mark>",
        "<span class=\"m c2 dashed lane-0 first last\" id=\"article.t-w-00001.A1.2\" data-number=\"2\" title=\"Claim\">We open</span>",
        " said <mark class=\"m c3 dotted lane-0 first last\"",
        ">Zoë</mark> &lt;b&gt;.</p>",
        "<small dir=\"auto\">Quote · proposed · Form: direct · Speaker known by: explicit · x: \"y\" · Speaker: \
         <a href=\"#annotation.a-w-00003\" lang=\"\">Zoë</a></small><p class=\"note\" dir=\"auto\">Is \"it\" so?</p>",
    ] {
        assert!(page.contains(part), "{part} is not in {}", page.split_once("<body>").expect("a body").1);
    }
    assert_eq!(check(&page), ["“We open,” said Zoë <b>."]);
}

#[test]
fn every_annotator_has_the_article() {
    let page = write(&small());
    let text = Text::new("“No,” said Zoë 👍🏽.\r\n“No.”\r\n");
    let mut expected = lines(&text);
    expected.extend(lines(&text));
    expected.extend(lines(&Text::new("We open at nine.")));
    assert_eq!(check(&page), expected);
    assert!(page.contains("<h3 class=\"whose\">Annotator B2 <small>1 annotation</small></h3>"));
    assert!(check(&write(&Workspace::default())).is_empty());
}

#[test]
fn a_headline_heads_its_article() {
    let mut workspace = Workspace::default();
    let mut festival = article("t-w-00001", FESTIVAL);
    festival.title = annotator::text::wire::recognise(&festival.text).headline;
    add_article(&mut workspace, festival);
    let page = write(&workspace);
    assert!(page.contains("<h1 class=\"headline\" dir=\"auto\" id=\"article.t-w-00001.name\">"));
    assert_eq!(page.matches("<h1").count(), 1);
    assert_eq!(check(&page), lines(&Text::new(FESTIVAL)));
    assert!(page.contains("No annotations."));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_page_is_whole_and_holds_the_texts(workspace in any_workspace()) {
        let mut expected = Vec::new();
        for article in workspace.articles() {
            let sheets = workspace.sheets_of(&article.id).filter(|(_, sheet)| !sheet.is_empty()).count();
            (0..sheets.max(1)).for_each(|_| expected.extend(lines(&article.text)));
        }
        prop_assert_eq!(check(&write(&workspace)), expected);
    }
}
