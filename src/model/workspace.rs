//! The workspace: everything a person keeps in this browser.
//!
//! A persistent collection like the sheet: copies are cheap. It changes only by [`Change`]s.

use crate::model::record::Entry;
use crate::model::{
    Annotation, AnnotationId, AnnotatorCode, Article, ArticleId, Change, Extra, LabelScheme, Sheet, SheetKey,
};
use rpds::RedBlackTreeMap;
use std::collections::BTreeSet;
use std::rc::Rc;

/// Articles, the label scheme, and the sheets of every annotator.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Workspace {
    articles: RedBlackTreeMap<ArticleId, Rc<Article>>,
    /// Sheets stay when their article goes, so that undo of a removal costs nothing; what has no
    /// article is neither shown nor exported.
    sheets: RedBlackTreeMap<SheetKey, Sheet>,
    scheme: Rc<LabelScheme>,
    annotator: AnnotatorCode,
    /// The sequence number of the next id that is made here.
    pub next_id: u64,
    /// Fields of a newer version at the top of a project file.
    pub extra: Extra,
}

impl Workspace {
    /// The article with an id.
    pub fn article(&self, id: &ArticleId) -> Option<&Rc<Article>> {
        self.articles.get(id)
    }

    /// All articles in the order in which they were loaded.
    pub fn articles(&self) -> Vec<&Rc<Article>> {
        let mut articles: Vec<_> = self.articles.values().collect();
        articles.sort_by(|a, b| (&a.created, &a.id).cmp(&(&b.created, &b.id)));
        articles
    }

    /// How many articles there are.
    pub fn article_count(&self) -> usize {
        self.articles.size()
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
        self.sheets.get(key)
    }

    /// The current annotator's sheet of an article, empty where there is none.
    pub fn own_sheet(&self, article: &ArticleId) -> Sheet {
        self.sheets.get(&self.key(article)).cloned().unwrap_or_default()
    }

    /// The sheets of an article that hold something, by annotator.
    pub fn sheets_of<'a>(&'a self, article: &'a ArticleId) -> impl Iterator<Item = (&'a AnnotatorCode, &'a Sheet)> {
        let first = SheetKey { article: article.clone(), annotator: AnnotatorCode::new("") };
        self.sheets
            .range(first..)
            .take_while(move |(key, _)| key.article == *article)
            .filter(|(_, sheet)| !sheet.is_empty())
            .map(|(key, sheet)| (&key.annotator, sheet))
    }

    /// Every sheet, those without an article among them: undo may bring their article back.
    pub fn all_sheets(&self) -> impl Iterator<Item = (&SheetKey, &Sheet)> {
        self.sheets.iter()
    }

    /// An annotation of the current annotator.
    pub fn annotation(&self, article: &ArticleId, id: &AnnotationId) -> Option<&Rc<Annotation>> {
        self.sheets.get(&self.key(article))?.get(id)
    }

    /// Makes the changes of a log entry. Articles on which it changes annotations bear its time,
    /// unless it sets the article itself.
    pub fn apply_entry(&mut self, entry: &Entry) {
        let mut touched = BTreeSet::new();
        let mut set = BTreeSet::new();
        for change in entry.changes.iter() {
            self.apply(change);
            match change {
                Change::Annotation { sheet, .. } => drop(touched.insert(&sheet.article)),
                Change::Article { after: Some(article), .. } => drop(set.insert(&article.id)),
                _ => {}
            }
        }
        for id in touched.difference(&set) {
            if let Some(article) = self.articles.get(*id) {
                let changed = Article { changed: entry.at.clone(), ..Article::clone(article) };
                self.articles.insert_mut((*id).clone(), Rc::new(changed));
            }
        }
        self.next_id = self.next_id.max(entry.next_id);
    }

    /// Makes a change. What it replaces is what it says it replaces; see [`Change::fits`].
    pub fn apply(&mut self, change: &Change) {
        match change {
            Change::Article { before, after } => match (before, after) {
                (_, Some(article)) => {
                    self.articles.insert_mut(article.id.clone(), article.clone());
                }
                (Some(article), None) => {
                    self.articles.remove_mut(&article.id);
                }
                (None, None) => {}
            },
            Change::Annotation { sheet, before, after } => {
                let mut changed = self.sheets.get(sheet).cloned().unwrap_or_default();
                match (before, after) {
                    (_, Some(annotation)) => changed.insert(annotation.clone()),
                    (Some(annotation), None) => {
                        changed.remove(&annotation.id);
                    }
                    (None, None) => {}
                }
                self.sheets.insert_mut(sheet.clone(), changed);
            }
            Change::Scheme { after, .. } => self.scheme = after.clone(),
            Change::Annotator { after, .. } => self.annotator = after.clone(),
            Change::Extra { after, .. } => self.extra = after.clone(),
        }
    }
}
