//! TEI: what is written, held against a sample and against a dumb reader.

use crate::law::write_all;
use crate::make::{add, add_article, any_workspace, article, mark, small};
use annotator::formats::catalog::{self, Written};
use annotator::formats::loss::Aspect;
use annotator::formats::options::Options;
use annotator::model::*;
use proptest::prelude::*;

fn write(workspace: &Workspace) -> Written {
    let format = catalog::by_id("tei").expect("the format");
    write_all(format, workspace, &Options::default())
}

/// A workspace whose names and characters are hard on XML.
fn nasty() -> Workspace {
    let mut workspace = small();
    let mut strange = article("t ü-<3", "<b>&amp;</b> ]]>\r\n\0\u{b}“No”\u{85}\t");
    strange.title = "\u{1}A & B".into();
    add_article(&mut workspace, strange);
    let mut first = mark("a-1_1.1 é", "50% <sure>", 0, 3);
    first.attributes.insert(AttributeId::new("the \"how\""), "x\r\n<y>".into());
    first.status = Status::Proposed;
    let to = AnnotationId::new("9");
    first.links.push(Link { kind: LinkTypeId::new("see also"), to, extra: Extra::default() });
    add(&mut workspace, "t ü-<3", "A & B", first);
    add(&mut workspace, "t ü-<3", "A & B", mark("9", "claim", 0, 22));
    workspace
}

#[test]
fn a_document_is_written_for_each_article() {
    let written = write(&nasty());
    let names: Vec<_> = written.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["work-01-a-b.xml", "work-02-about-t-w-00001.xml", "work-03-about-t-w-00002.xml"]);
    let expected = [include_str!("fixtures/tei/nasty.xml"), include_str!("fixtures/tei/small.xml")];
    for (at, expected) in expected.into_iter().enumerate() {
        let found = &written.files[at].text;
        assert!(found == expected, "{found}");
    }
    // Two in the text, one in the title.
    assert_eq!(written.loss.count(Aspect::Controls), 3, "{}", written.loss);
}

/// A text without its escapes, as any parser reads it.
fn unescaped(xml: &str) -> String {
    let named = [("&lt;", "<"), ("&gt;", ">"), ("&#13;", "\r"), ("&#10;", "\n"), ("&#9;", "\t"), ("&#34;", "\"")];
    assert!(!xml.contains(['<', '>', '\r']), "{xml}");
    named.iter().fold(xml.to_owned(), |text, (name, c)| text.replace(name, c)).replace("&amp;", "&")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_span_points_to_its_words(workspace in any_workspace()) {
        let files = write(&workspace).files;
        prop_assert_eq!(files.len(), workspace.article_count());
        for (file, article) in files.iter().zip(workspace.articles()) {
            let marker = "<ab xml:id=\"article.text\" xml:space=\"preserve\"";
            let (head, body) = file.text.split_once(marker).expect("a text");
            let text = match body.strip_prefix('>') {
                Some(body) => unescaped(body.split_once("</ab>").expect("its end").0),
                None => String::new(),
            };
            let forbidden = |c: char| (c < ' ' && !"\t\r\n".contains(c)) || matches!(c, '\u{fffe}' | '\u{ffff}');
            let expected: String = article.text.as_str().chars().map(|c| if forbidden(c) { '\u{fffd}' } else { c }).collect();
            prop_assert_eq!(text, expected);
            let mut expected = Vec::new();
            for (_, sheet) in workspace.sheets_of(&article.id) {
                expected.extend(sheet.iter().map(|a| (a.span.start().get(), a.span.end().get() - a.span.start().get())));
            }
            let pairs = head.split("#string-range(article.text,").skip(1).map(|rest| {
                let (start, rest) = rest.split_once(',').expect("a start");
                let length = rest.split_once(')').expect("a length").0;
                (start.parse().expect("a number"), length.parse().expect("a number"))
            });
            prop_assert_eq!(pairs.collect::<Vec<(u32, u32)>>(), expected);
        }
    }
}
