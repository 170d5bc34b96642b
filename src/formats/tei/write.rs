//! Writing a document for each article.

use crate::formats::catalog::Job;
use crate::formats::file::OutFile;
use crate::formats::project::name::slug;
use crate::formats::{kept, xml};
use crate::model::*;

/// The `xml:id` of the text. No name that is made of an id has a full stop.
const TEXT: &str = "article.text";

/// Writes all of a workspace.
pub(super) fn write(workspace: &Workspace, job: &Job<'_>) -> Vec<OutFile> {
    let several = workspace.article_count() > 1;
    let file = |(number, article): (usize, &std::rc::Rc<Article>)| {
        let name = if several {
            format!("{}-{:02}-{}.xml", job.stem, number + 1, slug(&article.name(), "article"))
        } else {
            format!("{}.xml", job.stem)
        };
        OutFile { name, text: document(workspace, article, job) }
    };
    job.articles(workspace).enumerate().map(file).collect()
}

fn document(workspace: &Workspace, article: &Article, job: &Job<'_>) -> String {
    let sheets: Vec<_> = workspace.sheets_of(&article.id).collect();
    let mut x = Xml { out: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned(), open: Vec::new() };
    x.open("TEI", &[("xmlns", "http://www.tei-c.org/ns/1.0")]);
    header(&mut x, workspace.scheme(), article, &sheets, job);
    if sheets.iter().any(|(_, sheet)| !sheet.is_empty()) {
        x.open("standOff", &[]);
        for (code, sheet) in sheets.into_iter().filter(|(_, sheet)| !sheet.is_empty()) {
            x.open("spanGrp", &[("type", "annotations"), ("resp", &format!("#{}", annotator(code)))]);
            sheet.iter().for_each(|annotation| span(&mut x, annotation));
            x.close();
            sheet.iter().filter(|annotation| says_more(annotation)).for_each(|annotation| features(&mut x, annotation));
            links(&mut x, sheet);
        }
        x.close();
    }
    x.open("text", &[]);
    x.open("body", &[]);
    x.leaf("ab", &[("xml:id", TEXT), ("xml:space", "preserve")], article.text.as_str());
    while !x.open.is_empty() {
        x.close();
    }
    x.out
}

fn header(x: &mut Xml, scheme: &LabelScheme, article: &Article, sheets: &[(&AnnotatorCode, &Sheet)], job: &Job<'_>) {
    x.open("teiHeader", &[]);
    x.open("fileDesc", &[]);
    x.open("titleStmt", &[]);
    x.leaf("title", &[], &article.name());
    for (code, _) in sheets {
        x.open("respStmt", &[("xml:id", &annotator(code))]);
        x.leaf("resp", &[], "annotated");
        x.leaf("name", &[], code.as_str());
        x.close();
    }
    x.close();
    x.open("publicationStmt", &[]);
    x.leaf("p", &[], &format!("Written by {} on {}.", job.generator, job.exported));
    x.close();
    x.open("sourceDesc", &[]);
    x.open("bibl", &[]);
    let facts = [
        ("title", &article.title),
        ("author", &article.byline),
        ("publisher", &article.source),
        ("date", &article.date),
    ];
    for (name, value) in facts {
        if !value.is_empty() {
            x.leaf(name, &[], value);
        }
    }
    x.leaf("idno", &[("type", "article")], article.id.as_str());
    x.leaf("idno", &[("type", "SHA-256")], article.text.hash().as_str());
    x.close();
    x.close();
    x.close();
    x.open("encodingDesc", &[]);
    x.open("editorialDecl", &[]);
    x.leaf("p", &[], "Offsets and lengths count Unicode code points of the text as it stands, without normalisation.");
    x.close();
    x.open("classDecl", &[]);
    x.open("taxonomy", &[("xml:id", "labels")]);
    let used = sheets.iter().flat_map(|(_, sheet)| sheet.iter()).map(|annotation| &annotation.label);
    let mut labels: Vec<&LabelId> = scheme.labels.iter().map(|label| &label.id).chain(used).collect();
    let mut seen = std::collections::BTreeSet::new();
    labels.retain(|id| seen.insert(*id));
    for id in labels {
        let known = scheme.label(id);
        x.open("category", &[("xml:id", &label(id)), ("n", id.as_str())]);
        let (name, guideline) = known.map_or((id.as_str(), ""), |label| (&label.name, &label.guideline));
        let words = if guideline.is_empty() { name.to_owned() } else { format!("{name}: {guideline}") };
        x.leaf("catDesc", &[], &words);
        x.close();
    }
    x.close();
    x.close();
    x.close();
    x.close();
}

fn annotator(code: &AnnotatorCode) -> String {
    format!("annotator.{}", xml::name(code.as_str()))
}

fn label(id: &LabelId) -> String {
    format!("label.{}", xml::name(id.as_str()))
}

/// The name of the features of an annotation.
fn said(annotation: &Annotation) -> String {
    format!("said.{}", xml::name(annotation.id.as_str()))
}

/// Whether anything is said of an annotation that is written as a feature.
fn says_more(annotation: &Annotation) -> bool {
    let has_time = annotation.created != Timestamp::unknown() || annotation.changed != Timestamp::unknown();
    has_time || annotation.attributes.iter().next().is_some() || annotation.status == Status::Proposed
}

fn span(x: &mut Xml, annotation: &Annotation) {
    let (start, length) = (annotation.span.start().get(), annotation.span.len());
    let mut ana = format!("#{}", label(&annotation.label));
    if says_more(annotation) {
        ana = format!("{ana} #{}", said(annotation));
    }
    let name = xml::name(annotation.id.as_str());
    let target = format!("#string-range({TEXT},{start},{length})");
    let attributes = [("xml:id", name.as_str()), ("ana", &ana), ("target", &target)];
    if annotation.note.is_empty() {
        return x.leaf("span", &attributes, "");
    }
    x.start("span", &attributes);
    x.out.push('>');
    x.out.push_str("<note>");
    xml::text(&mut x.out, &annotation.note);
    x.out.push_str("</note></span>\n");
}

/// What is said of an annotation: its status and times, and its attributes in a structure of their own, whose names could
/// else be those.
fn features(x: &mut Xml, annotation: &Annotation) {
    x.open("fs", &[("xml:id", &said(annotation)), ("type", "annotation")]);
    for (name, moment) in [("created", &annotation.created), ("changed", &annotation.changed)] {
        if *moment != Timestamp::unknown() {
            x.open("f", &[("name", name)]);
            x.leaf("string", &[], moment.as_str());
            x.close();
        }
    }
    if annotation.status == Status::Proposed {
        x.open("f", &[("name", "status")]);
        x.leaf("symbol", &[("value", annotation.status.as_str())], "");
        x.close();
    }
    if annotation.attributes.iter().next().is_some() {
        x.open("f", &[("name", "attributes")]);
        x.open("fs", &[("type", "attributes")]);
        for (id, value) in annotation.attributes.iter() {
            x.open("f", &[("name", &xml::name(id.as_str())), ("n", id.as_str())]);
            x.leaf("string", &[], value);
            x.close();
        }
        x.close();
        x.close();
    }
    x.close();
}

fn links(x: &mut Xml, sheet: &Sheet) {
    let links = sheet.iter().flat_map(|annotation| annotation.links.iter().map(move |link| (annotation, link)));
    let links: Vec<_> = links.filter(|(_, link)| sheet.get(&link.to).is_some()).collect();
    if links.is_empty() {
        return;
    }
    x.open("linkGrp", &[("type", "links")]);
    for (from, link) in links {
        let target = format!("#{} #{}", xml::name(from.id.as_str()), xml::name(link.to.as_str()));
        let kind = xml::name(link.kind.as_str());
        let mut attributes = vec![("type", kind.as_str()), ("n", link.kind.as_str()), ("target", &target)];
        if kept::is_fragment(link) {
            attributes.insert(1, ("subtype", "fragment"));
        }
        x.leaf("link", &attributes, "");
    }
    x.close();
}

/// A document under way: an element on each line.
struct Xml {
    out: String,
    open: Vec<&'static str>,
}

impl Xml {
    /// The start of an element without its closing bracket.
    fn start(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.out.extend(std::iter::repeat_n(' ', self.open.len()));
        self.out.push('<');
        self.out.push_str(name);
        for (name, value) in attributes {
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            xml::value(&mut self.out, value);
            self.out.push('"');
        }
    }

    /// Opens an element with others in it.
    fn open(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.start(name, attributes);
        self.out.push_str(">\n");
        self.open.push(name);
    }

    /// An element with a text in it and nothing else.
    fn leaf(&mut self, name: &'static str, attributes: &[(&str, &str)], text: &str) {
        self.start(name, attributes);
        if text.is_empty() {
            return self.out.push_str("/>\n");
        }
        self.out.push('>');
        xml::text(&mut self.out, text);
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push_str(">\n");
    }

    /// Closes the innermost element.
    fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.out.extend(std::iter::repeat_n(' ', self.open.len()));
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push_str(">\n");
        }
    }
}
