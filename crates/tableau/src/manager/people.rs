//! People of a tenant, as far as Steward needs them to name who signed in.

use model::{UserId, people::Person};
use serde::Deserialize;

use super::{Manager, loose};
use crate::{OperationName, Result};

impl<Access> Manager<Access> {
    /// One person; `None` when the vendor says that there is none with this id.
    ///
    /// Vendor: Tableau Cloud Manager REST API, User Methods, details of one user.
    pub async fn person(&self, user: &UserId) -> Result<Option<Person>> {
        let wire: Option<AnswerWire> = self.ask(OperationName::UserGet).of("userId", user).find().await?;
        Ok(wire.map(|wire| wire.user.read(*user)))
    }
}

#[derive(Deserialize)]
struct AnswerWire {
    user: PersonWire,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PersonWire {
    #[serde(default, deserialize_with = "loose::id")]
    user_id: Option<UserId>,
    #[serde(default, deserialize_with = "loose::text")]
    user_name: Option<String>,
    #[serde(default, deserialize_with = "loose::text")]
    display_name: Option<String>,
}

impl PersonWire {
    fn read(self, asked: UserId) -> Person {
        Person {
            id: self.user_id.unwrap_or(asked),
            user_name: self.user_name.unwrap_or_default(),
            display_name: self.display_name.unwrap_or_default(),
        }
    }
}
