//! What importing a file changes, worked out before anything is changed.
//!
//! An empty workspace takes the file over as it is. One with articles keeps what it has: the file
//! only adds, and what differs is reported. The plan is a list of changes, for one step of undo.

use crate::by_key::ByKey;
use crate::formats::json::Document;
use crate::formats::{Issue, Reading, Severity};
use crate::limits;
use crate::model::*;
use std::rc::Rc;

/// The changes of an import and what to tell of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// In the order of applying; each fits the workspace after those before it.
    pub changes: Vec<Change>,
    /// The workspace's next id after them.
    pub next_id: u64,
    /// What they amount to.
    pub summary: Summary,
    /// What differs between the file and the workspace; what was wrong with the file itself stands in
    /// [`Reading::issues`].
    pub issues: Vec<Issue>,
}

impl Plan {
    /// Whether it adds articles with all that is on them and touches nothing that is here: nothing to ask.
    pub fn only_adds(&self) -> bool {
        let Summary { articles_new, articles_copied, articles_merged, labels_added, .. } = self.summary;
        let adds = |change: &Change| match change {
            Change::Article { before, .. } => before.is_none(),
            Change::Annotation { before, .. } => before.is_none(),
            _ => false,
        };
        articles_new > 0
            && articles_copied + articles_merged + labels_added == 0
            && self.issues.is_empty()
            && self.changes.iter().all(adds)
    }
}

/// What an import amounts to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Articles that come with the file, the copies among them.
    pub articles_new: usize,
    /// Articles that have the id of one here but another text, and come under a new id.
    pub articles_copied: usize,
    /// Articles that are here already, with the same text.
    pub articles_merged: usize,
    /// Labels that are added to the scheme here.
    pub labels_added: usize,
    /// Annotations that are added.
    pub annotations_added: usize,
    /// Of those in the file, annotations that did not stand where their code points say.
    pub annotations_moved: usize,
    /// Annotations that are here already, just the same.
    pub already_here: usize,
    /// Annotations that are here but differ, and stay as they are here.
    pub different_here: usize,
    /// Annotations that can't be taken over, by the reading or by this plan.
    pub set_aside: usize,
}

/// Works out an import. `writer` is who mints ids here, `now` the time of the import.
pub fn plan(reading: &Reading, workspace: &Workspace, writer: &WriterId, now: &Timestamp) -> Plan {
    let mut planner = Planner {
        reading,
        workspace,
        writer,
        labels: None,
        plan: Plan {
            changes: Vec::new(),
            next_id: first_id(reading, workspace, writer),
            summary: Summary {
                set_aside: reading.counts.set_aside,
                annotations_moved: reading.counts.moved,
                ..Summary::default()
            },
            issues: Vec::new(),
        },
    };
    if workspace.article_count() == 0 {
        planner.take_over();
    } else {
        planner.add_labels();
        planner.tell_of_extra();
    }
    for article in &reading.articles {
        planner.article(article, now);
    }
    planner.plan
}

struct Planner<'a> {
    reading: &'a Reading,
    workspace: &'a Workspace,
    writer: &'a WriterId,
    /// The labels after the import, where the reading could not check them.
    labels: Option<Vec<LabelId>>,
    plan: Plan,
}

/// What happens to the ids of an article's annotations.
enum Ids {
    /// They stay.
    Kept,
    /// New ones are minted, since those of the file belong to another text here.
    Minted,
}

/// The ids that annotations of the file get here, by those that they have there.
type Renamed = ByKey<AnnotationId, AnnotationId>;

impl Planner<'_> {
    /// The scheme, the annotator and the unknown fields of the file, for an empty workspace.
    fn take_over(&mut self) {
        let here = self.workspace;
        match &self.reading.scheme {
            Some(scheme) if scheme != &**here.scheme() => {
                let after = Rc::new(scheme.clone());
                self.plan.changes.push(Change::Scheme { before: here.scheme().clone(), after });
            }
            Some(_) => {}
            None => self.check_labels(),
        }
        if let Some(first) = self.reading.annotators.first().filter(|first| *first != here.annotator()) {
            self.plan.changes.push(Change::Annotator { before: here.annotator().clone(), after: first.clone() });
        }
        if self.reading.extra != here.extra {
            self.plan.changes.push(Change::Extra { before: here.extra.clone(), after: self.reading.extra.clone() });
        }
    }

    /// Adds the labels that are missing here.
    fn add_labels(&mut self) {
        let Some(scheme) = &self.reading.scheme else {
            return self.check_labels();
        };
        let mut after = (**self.workspace.scheme()).clone();
        for label in &scheme.labels {
            match after.label(&label.id) {
                None => {
                    after.labels.push(label.clone());
                    self.plan.summary.labels_added += 1;
                }
                Some(here) if here != label => {
                    let message =
                        format!("the label “{}” is defined otherwise in the file; it stays as it is here", label.id);
                    self.tell(Severity::Warning, message);
                }
                Some(_) => {}
            }
        }
        if self.plan.summary.labels_added > 0 {
            let before = self.workspace.scheme().clone();
            self.plan.changes.push(Change::Scheme { before, after: Rc::new(after) });
        }
    }

    /// The file had no scheme to check its annotations with, so that of the workspace counts.
    fn check_labels(&mut self) {
        self.labels = Some(self.workspace.scheme().labels.iter().map(|label| label.id.clone()).collect());
    }

    fn tell_of_extra(&mut self) {
        let document = Document::parse(self.reading.extra.as_json());
        let names = document.root().into_iter().flat_map(|fields| fields.fields());
        let names: Vec<_> = names.filter_map(|(name, _)| Some(name.text()?.0)).collect();
        if !names.is_empty() && self.reading.extra != self.workspace.extra {
            let names = names.join(", ");
            let message = format!("fields of a newer version at the top of the file were left out: {names}");
            self.tell(Severity::Note, message);
        }
    }

    fn tell(&mut self, severity: Severity, message: String) {
        self.plan.issues.push(Issue::new(severity, message));
    }

    fn mint(&mut self) -> u64 {
        let sequence = self.plan.next_id;
        self.plan.next_id += 1;
        sequence
    }

    fn article(&mut self, article: &Rc<Article>, now: &Timestamp) {
        match self.workspace.article(&article.id) {
            Some(here) if here.text == article.text => {
                self.plan.summary.articles_merged += 1;
                self.merge_article(here.clone(), article, now);
            }
            _ if !self.has_room() => self.leave(article),
            None => {
                self.plan.summary.articles_new += 1;
                self.add_article(article.clone());
                self.replace_sheets(article);
            }
            Some(_) => {
                let id = ArticleId::minted(self.writer, self.mint());
                let message = format!(
                    "“{}”: an article here has the same id, {}, but another text; the file's came under the id {id}",
                    article.name(),
                    article.id,
                );
                self.tell(Severity::Warning, message);
                self.plan.summary.articles_new += 1;
                self.plan.summary.articles_copied += 1;
                self.add_article(Rc::new(Article { id: id.clone(), ..(**article).clone() }));
                for (annotator, annotations) in self.sheets_of(&article.id) {
                    let key = SheetKey { article: id.clone(), annotator };
                    self.sheet(&key, &annotations, &Ids::Minted, None);
                }
            }
        }
    }

    /// Whether one more article fits.
    fn has_room(&self) -> bool {
        self.workspace.article_count() + self.plan.summary.articles_new < limits::ARTICLES
    }

    /// An article that does not fit any more.
    fn leave(&mut self, article: &Article) {
        let annotations: usize = self.sheets_of(&article.id).iter().map(|(_, annotations)| annotations.len()).sum();
        self.plan.summary.set_aside += annotations;
        let message = format!(
            "“{}” and its {annotations} annotations were set aside: there is room for {} articles",
            article.name(),
            limits::ARTICLES,
        );
        self.tell(Severity::Error, message);
    }

    fn add_article(&mut self, article: Rc<Article>) {
        self.plan.changes.push(Change::Article { before: None, after: Some(article) });
    }

    /// The file's sheets of an article with only the annotations whose labels are known.
    fn sheets_of(&mut self, article: &ArticleId) -> Vec<(AnnotatorCode, Vec<Rc<Annotation>>)> {
        let reading = self.reading;
        let mut sheets = Vec::new();
        for (key, annotations) in reading.sheets.iter().filter(|(key, _)| key.article == *article) {
            let mut annotations = annotations.clone();
            if let Some(labels) = self.labels.clone() {
                for unknown in annotations.extract_if(.., |a| !labels.contains(&a.label)) {
                    self.plan.summary.set_aside += 1;
                    let message = format!(
                        "annotation “{}”: its label “{}” is neither in the file's scheme nor here; it was set aside",
                        unknown.id, unknown.label,
                    );
                    self.tell(Severity::Error, message);
                }
            }
            sheets.push((key.annotator.clone(), annotations));
        }
        sheets
    }

    /// An article that is new here. Sheets may have outlived an article of that id that was removed
    /// here; they give way to the file's, and undo brings them back.
    fn replace_sheets(&mut self, article: &Article) {
        let workspace = self.workspace;
        let sheets = self.sheets_of(&article.id);
        let mut left: Vec<_> = workspace.sheets_of(&article.id).collect();
        for (annotator, annotations) in &sheets {
            let key = SheetKey { article: article.id.clone(), annotator: annotator.clone() };
            let old = left.iter().position(|(other, _)| *other == annotator).map(|at| left.remove(at).1);
            self.sheet(&key, annotations, &Ids::Kept, old);
        }
        for (annotator, sheet) in left {
            let key = SheetKey { article: article.id.clone(), annotator: annotator.clone() };
            self.sheet(&key, &[], &Ids::Kept, Some(sheet));
        }
    }

    /// Puts the annotations of the file in place of a sheet's.
    fn sheet(&mut self, key: &SheetKey, annotations: &[Rc<Annotation>], ids: &Ids, old: Option<&Sheet>) {
        let mut renamed = Vec::new();
        if matches!(ids, Ids::Minted) {
            for annotation in annotations {
                renamed.push((annotation.id.clone(), AnnotationId::minted(self.writer, self.mint())));
            }
        }
        let renamed = Renamed::from(renamed);
        let mut taken = Sheet::default();
        if old.is_some() {
            annotations.iter().for_each(|annotation| taken.insert(annotation.clone()));
        }
        for before in old.into_iter().flat_map(Sheet::iter).filter(|before| taken.get(&before.id).is_none()) {
            self.plan.changes.push(Change::Annotation {
                sheet: key.clone(),
                before: Some(before.clone()),
                after: None,
            });
        }
        for annotation in annotations {
            self.plan.summary.annotations_added += 1;
            let before = old.and_then(|old| old.get(&annotation.id)).cloned();
            let after = Some(rename(annotation, &renamed));
            if before != after {
                self.plan.changes.push(Change::Annotation { sheet: key.clone(), before, after });
            }
        }
    }

    fn merge_article(&mut self, here: Rc<Article>, article: &Article, now: &Timestamp) {
        let about = |a: &Article| {
            let facts = [&a.title, &a.source, &a.date, &a.byline, &a.extractor].map(Clone::clone);
            (facts, a.done, a.extra.clone())
        };
        if about(&here) != about(article) {
            let name = here.name();
            let message = format!(
                "“{name}”: what the file says about it differs (title, source, date, byline, extractor, done or unknown fields); \
                 it stays as it is here"
            );
            self.tell(Severity::Note, message);
        }
        let before = self.plan.summary.annotations_added;
        for (annotator, annotations) in self.sheets_of(&article.id) {
            let key = SheetKey { article: article.id.clone(), annotator };
            self.merge_sheet(&key, &annotations);
        }
        if self.plan.summary.annotations_added > before {
            let after = Rc::new(Article { changed: now.clone(), ..(*here).clone() });
            self.plan.changes.push(Change::Article { before: Some(here), after: Some(after) });
        }
    }

    /// Adds the annotations that are missing on a sheet here.
    fn merge_sheet(&mut self, key: &SheetKey, annotations: &[Rc<Annotation>]) {
        let empty = Sheet::default();
        let here = self.workspace.sheet(key).unwrap_or(&empty);
        // The same label on the same words is the same mark, whatever its id: links follow it.
        let twin = |a: &Annotation| here.twin(&a.label, a.span).filter(|_| here.get(&a.id).is_none());
        let renamed: Vec<_> = annotations.iter().filter_map(|a| Some((a.id.clone(), twin(a)?.id.clone()))).collect();
        let renamed = Renamed::from(renamed);
        let mut added = 0;
        for original in annotations {
            let annotation = rename(original, &renamed);
            match here.get(&annotation.id) {
                None if here.len() + added == limits::ANNOTATIONS => {
                    self.plan.summary.set_aside += 1;
                    let most = limits::ANNOTATIONS;
                    let message = format!("annotation “{}” was set aside: an article has up to {most}", annotation.id);
                    self.tell(Severity::Error, message);
                }
                None => {
                    added += 1;
                    self.plan.summary.annotations_added += 1;
                    let after = Some(annotation);
                    self.plan.changes.push(Change::Annotation { sheet: key.clone(), before: None, after });
                }
                Some(here) if says_the_same(here, &annotation, renamed.get(&original.id).is_some()) => {
                    self.plan.summary.already_here += 1
                }
                Some(other) => {
                    self.plan.summary.different_here += 1;
                    let message = format!("annotation “{}” differs in the file; it stays as it is here", other.id);
                    self.tell(Severity::Warning, message);
                }
            }
        }
    }
}

/// Whether two annotations with one id are equal; of twins that were made apart, times and origin do
/// not count.
fn says_the_same(here: &Annotation, file: &Annotation, twins: bool) -> bool {
    if !twins {
        return here == file;
    }
    let (created, changed, origin) = (here.created.clone(), here.changed.clone(), here.origin);
    *here == Annotation { created, changed, origin, ..file.clone() }
}

/// An annotation with the ids that it has here, its own and those of its links.
fn rename(annotation: &Rc<Annotation>, renamed: &Renamed) -> Rc<Annotation> {
    let new = |id: &AnnotationId| renamed.get(id).unwrap_or(id).clone();
    let is_old = |id: &AnnotationId| renamed.get(id).is_some();
    if !is_old(&annotation.id) && !annotation.links.iter().any(|link| is_old(&link.to)) {
        return annotation.clone();
    }
    let links = annotation.links.iter().map(|link| Link { to: new(&link.to), ..link.clone() }).collect();
    Rc::new(Annotation { id: new(&annotation.id), links, ..(**annotation).clone() })
}

/// The next id of the workspace, past all that the file has of the same writer: it may be an export of
/// this very installation from before everything was erased.
fn first_id(reading: &Reading, workspace: &Workspace, writer: &WriterId) -> u64 {
    let articles = reading.articles.iter().map(|article| article.id.as_str());
    let annotations = reading.sheets.iter().flat_map(|(_, annotations)| annotations).map(|a| a.id.as_str());
    let sequence = |id: &str| -> Option<u64> {
        let rest = id.strip_prefix("t-").or_else(|| id.strip_prefix("a-"))?;
        rest.strip_prefix(writer.as_str())?.strip_prefix('-')?.parse().ok()
    };
    // What is beyond was never minted; to go on from there would end in ids that are there already.
    let minted = |sequence: &u64| *sequence < limits::SEQUENCE;
    let last = articles.chain(annotations).filter_map(sequence).filter(minted).max();
    workspace.next_id.max(last.map_or(0, |last| last + 1))
}
