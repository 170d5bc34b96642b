//! doccano's JSON Lines: a text and its labels on each line, with or without relations.
//!
//! Without relations a label is `[start, end, label]` under `label`; with them it is an object under `entities`, and
//! `relations` lead from one to another by number. Ends are exclusive. Scripts around doccano count code points, its
//! page counts UTF-16 units, and the file does not say which, so both can be chosen. Other fields are what doccano
//! calls metadata; it gives them back. ASCII alone is written, since doccano guesses encodings.
//!
//! Sources: doccano's importer for sequence labelling and relation extraction (`backend/data_import`).

use crate::formats::anchor::{Unit, units_to};
use crate::formats::catalog::{Context, Format, Job, Likeness, Reads, Refusal, Writes, alone};
use crate::formats::draft::{ArticleDraft, Builder, LinkDraft, MarkDraft, label_name};
use crate::formats::fields::{Object, Reader, clip};
use crate::formats::file::{InFile, OutFile};
use crate::formats::json::{Document, Json, Writer, ascii};
use crate::formats::loss::{Annotators, Holds, Links, Offsets, Overlap, Unknown};
use crate::formats::options::{self, ANNOTATORS, Choice, Options, UNIT};
use crate::formats::rows::{self, has};
use crate::formats::{Reading, Severity, kept, per_label};
use crate::model::*;
use crate::text::{Span, Text};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// The entry of the catalogue.
pub const FORMAT: Format = Format {
    id: "doccano",
    name: "doccano",
    about: "JSON Lines for doccano's sequence labelling and relation extraction",
    extensions: &["jsonl", "json"],
    looks_like,
    goes_with: alone,
    work: |file| per_label::work(file, &first_label(file)?),
    reads: Some(Reads { read, options: &[UNIT] }),
    writes: Some(Writes { write, holds, options: &[RELATIONS, OFFSETS, OVERLAP, ANNOTATORS] }),
};

/// Which kind of project it is for.
const RELATIONS: Choice = Choice {
    id: options::RELATIONS,
    name: "Links",
    values: &[("no", "not written, for sequence labelling"), ("yes", "written, for relation extraction")],
};

/// What is counted.
const OFFSETS: Choice = Choice {
    id: UNIT.id,
    name: UNIT.name,
    values: &[
        ("code-points", "Unicode code points, as scripts do"),
        ("utf-16", "UTF-16 units, as doccano's page does"),
    ],
};

/// What becomes of overlap, which doccano drops unless the project allows it.
const OVERLAP: Choice = Choice {
    id: options::OVERLAP.id,
    name: options::OVERLAP.name,
    values: &[
        ("keep", "written, for projects that allow them"),
        ("outermost", "only the outermost is written"),
        ("per-label", "a file for each label"),
    ],
};

/// Fields of an article that are metadata.
const FACTS: &[&str] = &["title", "source", "date", "byline", "extractor"];

fn holds(options: &Options) -> Holds {
    Holds {
        empty: false,
        fields: FACTS,
        annotators: if options.is(&ANNOTATORS, "own") { Annotators::Own } else { Annotators::Each },
        overlap: match options.get(OVERLAP.id) {
            "outermost" => Overlap::Outermost,
            "per-label" => Overlap::PerLabel,
            _ => Overlap::Doubtful,
        },
        offsets: Offsets::Doubtful,
        links: if options.is(&RELATIONS, "yes") { Links::Inside } else { Links::Lost },
        extra: if options.is(&RELATIONS, "yes") { Unknown::Own } else { Unknown::OwnOfArticles },
        ..Holds::SPANS
    }
}

fn looks_like(file: &InFile) -> Likeness {
    let Some(row) = rows::first(&file.text) else { return Likeness::No };
    let document = Document::parse(&row);
    let Some(root) = document.root().filter(|root| has(*root, "text")) else { return Likeness::No };
    let entity = root.fields().filter(|(name, _)| name.text().is_some_and(|(name, _)| name == "entities"));
    let entity = entity.flat_map(|(_, entities)| entities.items()).next();
    match entity {
        Some(entity) if has(entity, "start_offset") => Likeness::Sure,
        None if has(root, "entities") && has(root, "relations") => Likeness::Sure,
        _ if has(root, "label") || has(root, "labels") => Likeness::Likely,
        _ => Likeness::No,
    }
}

fn read(files: &[&InFile], context: &Context<'_>) -> Result<Reading, Refusal> {
    let mut builder = Builder::new(FORMAT.id, context);
    for file in files {
        builder.file(&file.name);
        let found = rows::each(&file.text, &mut |reader, row| {
            if let Some(article) = line(reader, row) {
                builder.add(article);
            }
        })?;
        builder.take(found);
    }
    Ok(builder.finish())
}

/// The first label in a file.
fn first_label(file: &InFile) -> Option<String> {
    let mut found = None;
    for source in file.text.split('\n') {
        // What is wrong with it is said when all of it is read.
        let _ = rows::each(source, &mut |reader, row| {
            found = line(reader, row).and_then(|article| Some(article.marks.first()?.label.clone()));
        });
        if found.is_some() {
            break;
        }
    }
    found
}

/// Reads a line; `None` with an issue where it has no text.
fn line<'d>(reader: &mut Reader<'d>, row: Json<'d>) -> Option<ArticleDraft> {
    const INSTEAD: &str = "the line was passed over";
    let mut object = reader.object(row, "line", INSTEAD)?;
    let Some(text) = reader.optional(&mut object, "text", INSTEAD).map(str::to_owned) else {
        reader.report(
            Severity::Error,
            row,
            format_args!("line: it has no text, which should be its field “text”; {INSTEAD}"),
        );
        return None;
    };
    let id = reader.name(&mut object, "id");
    let mut article = ArticleDraft { id, text, place: Some(reader.place(row)), ..ArticleDraft::default() };
    for name in ["label", "labels"] {
        let labels = reader.list(&mut object, name, usize::MAX, "read as if there were none").unwrap_or_default();
        article.marks.extend(labels.into_iter().filter_map(|at| label(reader, at)));
    }
    for at in reader.list(&mut object, "entities", usize::MAX, "read as if there were none").unwrap_or_default() {
        article.marks.extend(entity(reader, at));
    }
    relations(reader, &mut object, &mut article.marks);
    for (name, fact) in FACTS.iter().zip([
        &mut article.title,
        &mut article.source,
        &mut article.date,
        &mut article.byline,
        &mut article.extractor,
    ]) {
        *fact = reader.name(&mut object, name);
    }
    article.fields = reader.rest(object);
    Some(article)
}

/// A label as a list of start, end and name.
fn label<'d>(reader: &mut Reader<'d>, at: Json<'d>) -> Option<MarkDraft> {
    let mut items = at.items();
    let (start, end) = (items.next().and_then(Json::integer), items.next().and_then(Json::integer));
    let name = items.next().and_then(|name| reader.decode(name));
    let (Some(start), Some(end), Some(name)) = (start, end, name) else {
        reader.counts.set_aside += 1;
        let found = at.compact(4).unwrap_or_default();
        let message =
            format_args!("label: expected a list of start, end and label, found {}; it was set aside", clip(&found));
        reader.report(Severity::Error, at, message);
        return None;
    };
    Some(MarkDraft {
        label: name.to_owned(),
        pieces: vec![(start, end)],
        place: Some(reader.place(at)),
        ..MarkDraft::default()
    })
}

fn entity<'d>(reader: &mut Reader<'d>, at: Json<'d>) -> Option<MarkDraft> {
    const INSTEAD: &str = "it was set aside";
    let Some(mut object) = reader.object(at, "entity", INSTEAD) else {
        reader.counts.set_aside += 1;
        return None;
    };
    let (start, end) = (reader.offset(&mut object, "start_offset"), reader.offset(&mut object, "end_offset"));
    Some(MarkDraft {
        id: reader.name(&mut object, "id"),
        label: reader.name(&mut object, "label"),
        pieces: start.zip(end).into_iter().collect(),
        place: Some(reader.place(at)),
        fields: reader.rest(object),
        ..MarkDraft::default()
    })
}

fn relations<'d>(reader: &mut Reader<'d>, object: &mut Object<'d>, marks: &mut [MarkDraft]) {
    let mut by_id = BTreeMap::new();
    for (place, mark) in marks.iter().enumerate() {
        by_id.entry(mark.id.clone()).or_insert(place);
    }
    for at in reader.list(object, "relations", usize::MAX, "none were taken").unwrap_or_default() {
        let Some(mut relation) = reader.object(at, "relation", "it was left out") else { continue };
        let [from, to, kind] = ["from_id", "to_id", "type"].map(|name| reader.name(&mut relation, name));
        // Numbers of their own say nothing.
        relation.take("id");
        match by_id.get(&from).filter(|_| !from.is_empty()) {
            Some(&from) => {
                let fields = reader.rest(relation);
                marks[from].links.push(LinkDraft { kind, to, fields });
            }
            None => {
                let message =
                    format_args!("relation from “{from}” to “{to}”: there is no entity “{from}”; it was left out");
                reader.report(Severity::Warning, at, message);
            }
        }
    }
}

fn write(workspace: &Workspace, job: &Job<'_>) -> Vec<OutFile> {
    let mut numbers = Numbers::of(workspace);
    let lines = Lines {
        scheme: workspace.scheme(),
        relations: job.options.is(&RELATIONS, "yes"),
        utf16: job.options.is(&OFFSETS, "utf-16"),
    };
    let mut text = String::new();
    for article in job.articles(workspace) {
        let sheets = workspace.sheets_of(&article.id);
        let annotations: Vec<_> = sheets.flat_map(|(_, sheet)| sheet.iter()).cloned().collect();
        text += &(ascii(&lines.line(article, &annotations, &mut numbers)) + "\n");
    }
    job.file(FORMAT.extensions[0], text)
}

/// How lines are written.
struct Lines<'a> {
    scheme: &'a LabelScheme,
    relations: bool,
    utf16: bool,
}

impl Lines<'_> {
    fn line(&self, article: &Article, annotations: &[Rc<Annotation>], numbers: &mut Numbers) -> String {
        let mut w = Writer::compact();
        w.open('{');
        let id = kept::id(&article.extra, FORMAT.id);
        if let Ok(number) = id.parse() {
            w.number_field("id", number);
        } else if !id.is_empty() {
            w.text_field("id", &id);
        }
        w.text_field("text", article.text.as_str());
        if self.relations {
            self.entities(&mut w, article, annotations, numbers)
        } else {
            self.labels(&mut w, article, annotations)
        }
        for (name, value) in FACTS.iter().zip([&article.title, &article.source, &article.date]) {
            w.text_field(name, value);
        }
        for (name, value) in [("byline", &article.byline), ("extractor", &article.extractor)] {
            if !value.is_empty() {
                w.text_field(name, value);
            }
        }
        own_fields(&mut w, &article.extra);
        w.close('}');
        w.finish()
    }

    /// Start and end of an annotation as they are counted.
    fn offsets(&self, text: &Text, span: Span) -> [u32; 2] {
        let unit = if self.utf16 { Unit::Utf16 } else { Unit::CodePoints };
        [span.start(), span.end()].map(|at| units_to(text, at, unit))
    }

    fn labels(&self, w: &mut Writer, article: &Article, annotations: &[Rc<Annotation>]) {
        w.field("label");
        w.open('[');
        for annotation in annotations {
            w.item();
            w.open('[');
            for offset in self.offsets(&article.text, annotation.span) {
                w.item();
                w.number(offset);
            }
            w.item();
            w.text(&label_name(&annotation.label, self.scheme));
            w.close(']');
        }
        w.close(']');
    }

    fn entities(&self, w: &mut Writer, article: &Article, annotations: &[Rc<Annotation>], numbers: &mut Numbers) {
        let ids: BTreeMap<_, _> = annotations.iter().map(|a| (&a.id, numbers.entity(a))).collect();
        w.field("entities");
        w.open('[');
        for annotation in annotations {
            let [start, end] = self.offsets(&article.text, annotation.span);
            w.item();
            w.open('{');
            w.number_field("id", ids[&annotation.id]);
            w.text_field("label", &label_name(&annotation.label, self.scheme));
            w.number_field("start_offset", start);
            w.number_field("end_offset", end);
            own_fields(w, &annotation.extra);
            w.close('}');
        }
        w.close(']');
        w.field("relations");
        w.open('[');
        for (from, link) in annotations.iter().flat_map(|from| from.links.iter().map(move |link| (from, link))) {
            let Some(to) = ids.get(&link.to) else { continue };
            w.item();
            w.open('{');
            numbers.relations += 1;
            w.number_field("id", numbers.relations);
            w.number_field("from_id", ids[&from.id]);
            w.number_field("to_id", *to);
            w.text_field("type", link.kind.as_str());
            own_fields(w, &link.extra);
            w.close('}');
        }
        w.close(']');
    }
}

/// Fields that came with a file of this format.
fn own_fields(w: &mut Writer, extra: &Extra) {
    kept::each_field(extra, FORMAT.id, |name, value| {
        if name != kept::ID {
            w.field(name);
            w.copy(value);
        }
    });
}

/// The numbers of entities and relations, none twice in a file.
struct Numbers {
    /// Those that entities came with and that were not given yet.
    kept: BTreeSet<u32>,
    given: u32,
    relations: u32,
}

impl Numbers {
    fn of(workspace: &Workspace) -> Self {
        let annotations = workspace.all_sheets().flat_map(|(_, sheet)| sheet.iter());
        let kept = annotations.filter_map(|annotation| kept::id(&annotation.extra, FORMAT.id).parse().ok()).collect();
        Self { kept, given: 0, relations: 0 }
    }

    /// The number that an entity came with, unless another has it; else one that none has.
    fn entity(&mut self, annotation: &Annotation) -> u32 {
        let own = kept::id(&annotation.extra, FORMAT.id).parse().ok();
        if let Some(own) = own.filter(|own| self.kept.remove(own)) {
            return own;
        }
        self.given += 1;
        while self.kept.contains(&self.given) {
            self.given += 1;
        }
        self.given
    }
}
