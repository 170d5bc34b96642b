//! The law of every format: what is written is read again as it was, but for what the report says.

use crate::make::{moment, writer};
use annotator::exchange::{Answer, Intake};
use annotator::formats::catalog::{self, Context, Format, Job, Written};
use annotator::formats::file::{InFile, OutFile};
use annotator::formats::loss::{Annotators, Aspect, Fate, Holds, Links, Loss, fit};
use annotator::formats::options::Options;
use annotator::formats::{self, Issue, Reading, Severity};
use annotator::model::*;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// The options of writing with some chosen.
pub fn options(format: &Format, chosen: &[(&str, &str)]) -> Options {
    let mut options = format.writes.as_ref().map_or_else(Options::default, |writes| Options::of(writes.options));
    for (id, value) in chosen {
        options.set(id, value).unwrap_or_else(|why| panic!("{}: {why}", format.id));
    }
    options
}

/// What a format holds with some options chosen.
pub fn holds(format: &Format, chosen: &[(&str, &str)]) -> Holds {
    (format.writes.as_ref().expect("it is written").holds)(&options(format, chosen))
}

/// The files that a workspace is written to, of which the format can hold everything.
pub fn write(format: &Format, workspace: &Workspace, options: &Options) -> Vec<OutFile> {
    (format.writes.as_ref().expect("it is written").write)(workspace, &job(options, &moment(59)))
}

/// What comes of writing a workspace to a format, whatever of it the format can hold.
pub fn write_all(format: &Format, workspace: &Workspace, options: &Options) -> Written {
    catalog::write(format, workspace, &job(options, &moment(59))).expect("it is written")
}

fn job<'a>(options: &'a Options, exported: &'a Timestamp) -> Job<'a> {
    Job { options, exported, generator: "annotator 0.1.0", stem: "work", progress: &|_| {} }
}

/// Reads files, their format found out, into what is here.
pub fn read(files: &[InFile], chosen: &[(&str, &str)], here: &Workspace) -> Vec<Reading> {
    let (groups, unknown) = catalog::group(files, None);
    assert!(unknown.is_empty(), "{unknown:?}");
    groups.iter().map(|group| read_group(group, chosen, here, &[])).collect()
}

/// Reads files that belong together. `taken` are the sheets of other files that name nobody.
fn read_group(group: &catalog::Group<'_>, chosen: &[(&str, &str)], here: &Workspace, taken: &[SheetKey]) -> Reading {
    let reads = group.format.reads.as_ref().expect("it is read");
    let mut options = Options::of(reads.options);
    for (id, value) in chosen {
        // What is chosen of writing is chosen of reading alike, where there is such a choice.
        let _ = options.set(id, value);
    }
    let context = Context { here, taken, now: &moment(50), options: &options, progress: &|_| {} };
    let reading = (reads.read)(&group.files, &context).unwrap_or_else(|why| panic!("{why}"));
    check(&reading);
    reading
}

/// What holds of every reading.
pub fn check(reading: &Reading) {
    assert_eq!(reading.counts.read, reading.counts.kept + reading.counts.set_aside);
    assert_eq!(reading.sheets.iter().map(|(_, annotations)| annotations.len()).sum::<usize>(), reading.counts.kept);
    for (at, (key, annotations)) in reading.sheets.iter().enumerate() {
        assert!(reading.sheets[..at].iter().all(|(other, _)| other != key), "{key:?} is there twice");
        let article = reading.articles.iter().find(|known| known.id == key.article).expect("its article");
        for annotation in annotations {
            assert!(!annotation.span.is_empty() && annotation.span.end() <= article.text.len());
        }
    }
}

/// The workspace after an import. The plan of it stays the same on the way from one thread to another.
pub fn import(reading: &Reading, here: &Workspace) -> Workspace {
    let plan = formats::plan(reading, here, &writer(), &moment(50));
    let answer = Answer::Read(Intake { plan: Some(plan.clone()), ..Intake::default() });
    let bytes = answer.pack();
    assert_eq!(Answer::unpack(&bytes, &Answer::texts(&bytes), here), Some(answer));
    let mut after = here.clone();
    for change in &plan.changes {
        assert!(change.fits(&after), "{change:?}");
        after.apply(change);
    }
    after.next_id = plan.next_id;
    after
}

/// What is here after the files of one import, each read beside what came of those before, and what was said of them.
pub fn import_all<'a>(
    groups: impl IntoIterator<Item = &'a catalog::Group<'a>>,
    chosen: &[(&str, &str)],
    here: Workspace,
) -> (Workspace, Vec<Issue>) {
    let (mut after, mut taken, mut issues) = (here, Vec::new(), Vec::new());
    for group in groups {
        let reading = read_group(group, chosen, &after, &taken);
        taken.extend(reading.nobodys());
        after = import(&reading, &after);
        issues.extend(reading.issues);
    }
    (after, issues)
}

/// A workspace without articles that has the labels of another.
pub fn blank(of: &Workspace) -> Workspace {
    let mut blank = Workspace::default();
    blank.apply(&Change::Scheme { before: blank.scheme().clone(), after: of.scheme().clone() });
    blank
}

/// Unknown fields in the order of their names, since files have them in others.
fn in_order(extra: &Extra) -> Extra {
    if extra.is_empty() {
        return Extra::default();
    }
    let fields: Value = serde_json::from_str(extra.as_json()).expect("an object of JSON");
    let Value::Object(fields) = fields else { panic!("{extra:?} is no object") };
    let fields: BTreeMap<_, _> = fields.into_iter().collect();
    Extra::new(&serde_json::to_string(&fields).expect("writes"))
}

/// The same without the id that a thing has in files of a format.
fn without_id(extra: &Extra, format: &str) -> Extra {
    let fields: Value = serde_json::from_str(extra.as_json()).unwrap_or_default();
    let Value::Object(mut fields) = fields else { return Extra::default() };
    if let Some(Value::Object(own)) = fields.get_mut(format) {
        own.shift_remove("id");
        if own.is_empty() {
            fields.shift_remove(format);
        }
    }
    Extra::new(&Value::Object(fields).to_string())
}

/// What is said of an annotation, its ids and those of its links replaced by places where ids are not held.
pub fn said(annotation: &Annotation, sheet: &[Annotation], format: &Format, holds: &Holds) -> Annotation {
    let name = |id: &AnnotationId| match sheet.iter().find(|other| other.id == *id) {
        Some(other) if !holds.ids => AnnotationId::new(format!("{} {}", other.label, other.span)),
        _ => id.clone(),
    };
    let mut said = annotation.clone();
    said.id = name(&annotation.id);
    said.extra = in_order(&if holds.ids { said.extra } else { without_id(&said.extra, format.id) });
    said.links.iter_mut().for_each(|link| link.to = name(&link.to));
    if *holds != Holds::EVERYTHING {
        // A set, as far as anybody but the project file is concerned.
        said.links.sort_by(|a, b| (&a.kind, &a.to).cmp(&(&b.kind, &b.to)));
        said.links.dedup();
    }
    said
}

/// All of a workspace that a format may hold, in an order that does not depend on ids.
fn seen(workspace: &Workspace, format: &Format, holds: &Holds) -> Vec<String> {
    let mut seen = Vec::new();
    for article in workspace.articles() {
        let mut facts = (**article).clone();
        facts.extra = in_order(&facts.extra);
        if !holds.ids {
            facts.id = ArticleId::new("-");
            facts.extra = without_id(&facts.extra, format.id);
        }
        let whole = *holds == Holds::EVERYTHING;
        if !whole {
            (facts.created, facts.changed) = (Timestamp::unknown(), Timestamp::unknown());
        }
        let mut sheets = Vec::new();
        for (code, sheet) in workspace.sheets_of(&article.id) {
            let annotations: Vec<_> = sheet.iter().map(|annotation| (**annotation).clone()).collect();
            let code = if holds.annotators == Annotators::Held { code.as_str() } else { "-" };
            let mut said: Vec<_> =
                annotations.iter().map(|a| format!("{:?}", said(a, &annotations, format, holds))).collect();
            said.sort();
            sheets.push(format!("{code}: {}", said.join("\n")));
        }
        seen.push(format!("{facts:?}\n{}", sheets.join("\n")));
    }
    seen.sort();
    seen
}

/// Checks the law of a format on a workspace; gives the report.
pub fn check_law(format: &'static Format, chosen: &[(&str, &str)], workspace: &Workspace) -> Loss {
    let (options, holds) = (options(format, chosen), holds(format, chosen));
    let written = format.writes.iter().flat_map(|writes| writes.options);
    let chosen: Vec<_> = written.map(|choice| (choice.id, options.get(choice.id))).collect();
    let (parts, loss) = fit(workspace, &holds, format.id);
    // A file without an article may well be refused.
    for part in parts.iter().filter(|part| part.workspace.article_count() > 0) {
        let files = write(format, &part.workspace, &options);
        let files: Vec<_> = files.into_iter().map(|file| InFile::new(file.name, &file.text)).collect();
        let here = if holds.texts { blank(workspace) } else { without_annotations(&part.workspace) };
        let (groups, unknown) = catalog::group(&files, None);
        assert!(unknown.is_empty(), "{unknown:?}");
        let (after, issues) = import_all(&groups, &chosen, here);
        let bad = issues.iter().filter(|issue| issue.severity != Severity::Note);
        let bad: Vec<_> = bad.map(ToString::to_string).collect();
        assert!(bad.is_empty(), "{}: {bad:#?}\n{:.3000}", format.id, files[0].text);
        for reading in read(&files, &chosen, &after) {
            let plan = formats::plan(&reading, &after, &writer(), &moment(51));
            assert_eq!(plan.changes, [], "{}: importing the same file again changes something", format.id);
        }
        if has_twins(&part.workspace) && !holds.ids {
            assert_eq!(marked(&after), marked(&part.workspace), "{}", format.id);
            assert!(!has_twins(&after) || !holds.texts, "{}: articles with one text are read as one", format.id);
        } else {
            similar(&seen(&after, format, &holds), &seen(&part.workspace, format, &holds), &files);
        }
        // What fits comes through unchanged, and nothing of it is lost a second time.
        let (again, lost) = fit(&part.workspace, &holds, format.id);
        assert_eq!(again.len(), 1, "{lost}");
        assert_eq!(seen(&again[0].workspace, format, &holds), seen(&part.workspace, format, &holds));
    }
    check_report(workspace, &holds, &loss);
    // The report is empty just where nothing differs.
    let same = parts.len() == 1 && seen(&parts[0].workspace, format, &holds) == seen(workspace, format, &holds);
    let silent = same && holds.ids && holds.texts;
    if loss.is_none() {
        assert!(same, "{}: something is lost that the report does not say", format.id);
    } else if silent && workspace.extra.is_empty() && **workspace.scheme() == LabelScheme::default() {
        let doubts = loss.lines.iter().all(|line| line.fate == Fate::Doubtful);
        assert!(doubts || holds.annotators != Annotators::Held, "{}: nothing is lost, yet: {loss}", format.id);
    }
    loss
}

/// Whether several articles have one text, so that formats without ids can't tell them apart.
pub fn has_twins(workspace: &Workspace) -> bool {
    twins(workspace) > 0
}

/// How many articles have the text of one before them.
fn twins(workspace: &Workspace) -> usize {
    let articles = workspace.articles();
    let is_twin = |(at, one): (usize, &&Rc<Article>)| articles[..at].iter().any(|other| other.text == one.text);
    articles.iter().enumerate().filter(|article| is_twin(*article)).count()
}

/// Which words of which texts have which labels.
fn marked(workspace: &Workspace) -> BTreeSet<(String, String, String)> {
    let mut marked = BTreeSet::new();
    for article in workspace.articles() {
        for annotation in workspace.sheets_of(&article.id).flat_map(|(_, sheet)| sheet.iter()) {
            marked.insert((article.text.as_str().into(), annotation.label.to_string(), annotation.span.to_string()));
        }
    }
    marked
}

/// Holds the report against a plain count, where all annotations are written.
fn check_report(workspace: &Workspace, holds: &Holds, loss: &Loss) {
    let articles = workspace.articles();
    let left_out = [
        Aspect::Overlap,
        Aspect::Words,
        Aspect::Edges,
        Aspect::Breaks,
        Aspect::Annotators,
        Aspect::Unmarked,
        Aspect::Empty,
    ];
    if loss.lines.iter().any(|line| line.fate == Fate::LeftOut && left_out.contains(&line.aspect)) {
        return;
    }
    let sheets: Vec<_> = articles.iter().flat_map(|article| workspace.sheets_of(&article.id)).collect();
    let count = |of: &dyn Fn(&Annotation) -> usize| -> usize {
        sheets.iter().flat_map(|(_, sheet)| sheet.iter()).map(|annotation| of(annotation)).sum()
    };
    let unknown = Timestamp::unknown();
    let facts = |article: &Article| {
        let facts = [("title", &article.title), ("source", &article.source), ("date", &article.date)];
        let of_page = [("byline", &article.byline), ("extractor", &article.extractor)];
        let facts = facts.into_iter().chain(of_page).chain([("encoding", &article.encoding)]);
        let lost = facts.filter(|(name, value)| !value.is_empty() && !holds.fields.contains(name)).count();
        lost + usize::from(article.done && !holds.fields.contains(&"done"))
    };
    for (aspect, is_held, expected) in [
        (Aspect::Notes, holds.notes, count(&|a| usize::from(!a.note.is_empty()))),
        (Aspect::Attributes, holds.attributes, count(&|a| a.attributes.len())),
        (Aspect::Links, holds.links != Links::Lost, count(&|a| a.links.len())),
        (Aspect::Status, holds.status, count(&|a| usize::from(a.status == Status::Proposed))),
        (Aspect::Times, holds.times, count(&|a| usize::from(a.created != unknown || a.changed != unknown))),
        (Aspect::Origin, holds.origin, count(&|a| usize::from(a.origin != Origin::File))),
        (Aspect::Ids, holds.ids, articles.len() + count(&|_| 1)),
        (Aspect::Texts, holds.texts, articles.len()),
        (Aspect::Twins, holds.ids, twins(workspace)),
        (Aspect::Fields, false, articles.iter().map(|article| facts(article)).sum()),
    ] {
        assert_eq!(loss.count(aspect), if is_held { 0 } else { expected }, "{aspect:?}: {loss}");
    }
}

/// Fails with the place of the first difference: the whole of two workspaces is too much to look at.
fn similar(found: &[String], expected: &[String], files: &[InFile]) {
    let start: Vec<String> = files.iter().map(|file| file.text.chars().take(2_000).collect()).collect();
    for (found, expected) in found.iter().zip(expected) {
        let same = found.chars().zip(expected.chars()).take_while(|(one, other)| one == other).count();
        let around = |text: &str| text.chars().skip(same.saturating_sub(200)).take(400).collect::<String>();
        assert!(found == expected, "found    {}\nexpected {}\n{start:#?}", around(found), around(expected));
    }
    assert_eq!(found.len(), expected.len(), "{start:#?}");
}

/// The articles alone, for formats that hold no texts.
pub fn without_annotations(workspace: &Workspace) -> Workspace {
    let mut bare = blank(workspace);
    for article in workspace.articles() {
        bare.apply(&Change::Article { before: None, after: Some(article.clone()) });
    }
    bare
}
