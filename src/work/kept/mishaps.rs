//! What happened to files of the user's decisions, from whoever found it out to whoever tells the user.

use std::sync::Mutex;

use crate::state::{KeptFate, KeptMishap};

use super::super::inbox::lock;

/// Mishaps in the order in which they were found. A file may be read anywhere; what happened to it is told in one place.
#[derive(Debug, Default)]
pub struct Mishaps(Mutex<Found>);

#[derive(Debug, Default)]
struct Found {
    untold: Vec<KeptMishap>,
    /// Those of files that stay as they are, which are found again at each reading and told once.
    lasting: Vec<KeptMishap>,
}

impl Mishaps {
    /// Notes a mishap that is to be told.
    pub fn note(&self, mishap: KeptMishap) {
        match mishap.fate {
            KeptFate::Newer { .. } | KeptFate::Unreadable { .. } => self.note_once(mishap),
            KeptFate::Damaged { .. } | KeptFate::Deleted { .. } => lock(&self.0).add(mishap),
        }
    }

    /// Notes a mishap that is found again at each reading.
    pub fn note_once(&self, mishap: KeptMishap) {
        let mut found = lock(&self.0);
        if !found.lasting.contains(&mishap) {
            found.lasting.push(mishap.clone());
            found.add(mishap);
        }
    }

    /// Those that were not told yet, for whoever tells them now.
    pub fn take(&self) -> Vec<KeptMishap> {
        std::mem::take(&mut lock(&self.0).untold)
    }
}

impl Found {
    fn add(&mut self, mishap: KeptMishap) {
        tracing::warn!(kind = ?mishap.kind, fate = name_of(&mishap.fate), "a kept file");
        self.untold.push(mishap);
    }
}

/// For the log, which holds no paths.
fn name_of(fate: &KeptFate) -> &'static str {
    match fate {
        KeptFate::Damaged { restored: Some(_), .. } => "damaged, restored",
        KeptFate::Damaged { restored: None, .. } => "damaged",
        KeptFate::Deleted { .. } => "deleted, restored",
        KeptFate::Newer { .. } => "newer",
        KeptFate::Unreadable { .. } => "unreadable",
    }
}
