//! The workspace: everything a person keeps in this browser.
//!
//! A persistent collection like the sheet: copies are cheap. It changes only by [`Change`]s.

use crate::model::record::Entry;
use crate::model::{
    Annotation, AnnotationId, AnnotatorCode, Article, ArticleId, Change, Extra, LabelScheme, Sheet, SheetKey,
};
use crate::order::order;
use std::rc::Rc;

/// Articles, the label scheme, and the sheets of every annotator.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Workspace {
    /// By id. Few enough that a copy of the list costs less than a map would.
    articles: Rc<Vec<Rc<Article>>>,
    /// Sheets stay when their article goes, so that undo of a removal costs nothing; what has no
    /// article is neither shown nor exported.
    sheets: Rc<Vec<(SheetKey, Sheet)>>,
    scheme: Rc<LabelScheme>,
    annotator: AnnotatorCode,
    /// The sequence number of the next id that is made here.
    pub next_id: u64,
    /// Fields of a newer version at the top of a project file.
    pub extra: Extra,
}

impl Workspace {
    /// Whether this is the very same as another; where not, it may still say the same.
    pub fn is(&self, other: &Self) -> bool {
        let same = Rc::ptr_eq(&self.articles, &other.articles) && Rc::ptr_eq(&self.sheets, &other.sheets);
        same && Rc::ptr_eq(&self.scheme, &other.scheme) && self.annotator == other.annotator
    }

    /// The article with an id.
    pub fn article(&self, id: &ArticleId) -> Option<&Rc<Article>> {
        self.place_of(id).ok().map(|at| &self.articles[at])
    }

    fn place_of(&self, id: &ArticleId) -> Result<usize, usize> {
        self.articles.binary_search_by(|article| article.id.cmp(id))
    }

    /// All articles in the order in which they were loaded.
    pub fn articles(&self) -> Vec<&Rc<Article>> {
        let key = |at: usize| (&self.articles[at].created, &self.articles[at].id);
        let order = order(self.articles.len(), &|a, b| key(a).cmp(&key(b)));
        order.into_iter().map(|at| &self.articles[at]).collect()
    }

    /// How many articles there are.
    pub fn article_count(&self) -> usize {
        self.articles.len()
    }

    /// The label scheme.
    pub fn scheme(&self) -> &Rc<LabelScheme> {
        &self.scheme
    }

    /// Whose sheet new annotations go to.
    pub fn annotator(&self) -> &AnnotatorCode {
        &self.annotator
    }

    /// The key of the current annotator's sheet of an article.
    pub fn key(&self, article: &ArticleId) -> SheetKey {
        SheetKey { article: article.clone(), annotator: self.annotator.clone() }
    }

    /// A sheet; `None` where nothing was ever annotated on it.
    pub fn sheet(&self, key: &SheetKey) -> Option<&Sheet> {
        self.sheet_place(key).ok().map(|at| &self.sheets[at].1)
    }

    fn sheet_place(&self, key: &SheetKey) -> Result<usize, usize> {
        self.sheets.binary_search_by(|(other, _)| other.cmp(key))
    }

    /// The current annotator's sheet of an article, empty where there is none.
    pub fn own_sheet(&self, article: &ArticleId) -> Sheet {
        self.sheet(&self.key(article)).cloned().unwrap_or_default()
    }

    /// The sheets of an article that hold something, by annotator.
    pub fn sheets_of<'a>(&'a self, article: &'a ArticleId) -> impl Iterator<Item = (&'a AnnotatorCode, &'a Sheet)> {
        self.sheets
            .iter()
            .filter(move |(key, sheet)| key.article == *article && !sheet.is_empty())
            .map(|(key, sheet)| (&key.annotator, sheet))
    }

    /// Every sheet, those without an article among them: undo may bring their article back.
    pub fn all_sheets(&self) -> impl Iterator<Item = (&SheetKey, &Sheet)> {
        self.sheets.iter().map(|(key, sheet)| (key, sheet))
    }

    /// An annotation of the current annotator.
    pub fn annotation(&self, article: &ArticleId, id: &AnnotationId) -> Option<&Rc<Annotation>> {
        self.sheet(&self.key(article))?.get(id)
    }

    /// Makes the changes of a log entry. Articles on which it changes annotations bear its time,
    /// unless it sets the article itself.
    pub fn apply_entry(&mut self, entry: &Entry) {
        let mut touched: Vec<&ArticleId> = Vec::new();
        let mut set: Vec<&ArticleId> = Vec::new();
        self.apply_all(&entry.changes);
        for change in entry.changes.iter() {
            match change {
                // One after the other they are mostly of one sheet.
                Change::Annotation { sheet, .. } if touched.last() == Some(&&sheet.article) => {}
                Change::Annotation { sheet, .. } if !touched.contains(&&sheet.article) => touched.push(&sheet.article),
                Change::Article { after: Some(article), .. } => set.push(&article.id),
                _ => {}
            }
        }
        for id in touched.into_iter().filter(|id| !set.contains(id)) {
            if let Ok(at) = self.place_of(id) {
                Rc::make_mut(&mut Rc::make_mut(&mut self.articles)[at]).changed = entry.at.clone();
            }
        }
        self.next_id = self.next_id.max(entry.next_id);
    }

    /// Makes changes in their order; those of one sheet that follow each other at once.
    pub fn apply_all(&mut self, changes: &[Change]) {
        for changes in changes.chunk_by(|a, b| a.sheet().is_some() && a.sheet() == b.sheet()) {
            match changes {
                [only] => self.apply(only),
                [first, ..] => {
                    let edits: Vec<_> = changes.iter().filter_map(Change::edit).collect();
                    if let Some(key) = first.sheet() {
                        self.sheet_mut(key).edit(&edits);
                    }
                }
                [] => {}
            }
        }
    }

    fn sheet_mut(&mut self, key: &SheetKey) -> &mut Sheet {
        let place = self.sheet_place(key);
        let sheets = Rc::make_mut(&mut self.sheets);
        let at = place.unwrap_or_else(|at| {
            sheets.insert(at, (key.clone(), Sheet::default()));
            at
        });
        &mut sheets[at].1
    }

    /// Makes a change. What it replaces is what it says it replaces; see [`Change::fits`].
    pub fn apply(&mut self, change: &Change) {
        match change {
            Change::Article { before, after } => {
                let Some(id) = after.as_ref().or(before.as_ref()).map(|article| &article.id) else {
                    return;
                };
                let place = self.place_of(id);
                let articles = Rc::make_mut(&mut self.articles);
                match (place, after) {
                    (Ok(at), Some(article)) => articles[at] = article.clone(),
                    (Err(at), Some(article)) => articles.insert(at, article.clone()),
                    (Ok(at), None) => drop(articles.remove(at)),
                    (Err(_), None) => {}
                }
            }
            Change::Annotation { sheet, before, after } => {
                self.sheet_mut(sheet).edit(&[(before.as_ref(), after.as_ref())]);
            }
            Change::Scheme { after, .. } => self.scheme = after.clone(),
            Change::Annotator { after, .. } => self.annotator = after.clone(),
            Change::Extra { after, .. } => self.extra = after.clone(),
        }
    }
}
