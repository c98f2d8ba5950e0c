//! Queries: what was typed is parsed ([`parse`]) into its meaning ([`node`]), which is planned for one snapshot
//! ([`plan`]) and handed to tantivy.
//!
//! | file | is |
//! |---|---|
//! | [`parse`] | the search field's language |
//! | [`node`] | what a query means, and how that is put in words |
//! | [`plan`] | words become terms, names become sets of rows |
//! | `forms` | which words of the index a query word matches |
//! | `mark_operator` | operators that ask for the user's marks |
//! | `names` | how the people, organisations and places are written that a request asks for |
//! | `nearest` | what may have been meant by a name that nothing has |
//! | `word_docs` | the documents of a word or a phrase: the postings of all its forms |
//! | `tantivy_query` | queries that tantivy lacks |
//! | `matches` | where the words occur in a text; snippets |

mod forms;
mod mark_operator;
pub mod matches;
pub mod names;
mod nearest;
pub mod node;
pub mod parse;
pub mod plan;
mod tantivy_query;
pub mod word_docs;
