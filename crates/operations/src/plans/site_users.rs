//! Plans that change people of one site through its own API: add, change a role or a way to sign in, remove.

use model::{
    Permission, PlanId, Problem, SiteId, SiteUserId,
    plan::{Heir, SiteWish},
    roles::{SignInType, SiteRole},
    site_users::SiteUser,
};

use super::{
    asked::{field, sign_in},
    members::{chosen, people, source},
    on_site::{SiteRow, SiteWho},
    site_now::SiteNow,
};
use crate::{Caller, Operations};

/// The form that changes people of a site. Words as the form sends them; empty means "not asked".
#[derive(Debug, Clone)]
pub struct SiteUsersForm {
    /// The site.
    pub site: SiteId,
    /// `add`, `role`, `sign-in` or `remove`.
    pub change: String,
    /// A pasted list of names or addresses.
    pub names: String,
    /// People ticked in a list.
    pub ids: Vec<SiteUserId>,
    /// A role, in the vendor's word.
    pub role: String,
    /// A way to sign in, in the vendor's word.
    pub sign_in: String,
    /// Who gets the content of those who are removed: an id on the site, or the name they sign in with.
    pub assets_to: String,
}

impl Operations {
    /// A plan that changes people of a site.
    pub async fn plan_site_users(&self, caller: &Caller, form: SiteUsersForm) -> Result<PlanId, Problem> {
        caller.must(Permission::PlanPeople)?;
        let role = SiteRole::parse_assignable(&form.role).ok_or_else(|| field(caller, "role"));
        let way = sign_in(caller, &form.sign_in)?;
        let asked = match form.change.as_str() {
            "add" => Asked::Add(role?, way),
            "role" => Asked::Role(role?),
            "sign-in" => Asked::SignIn(way.ok_or_else(|| field(caller, "sign-in"))?),
            "remove" => Asked::Remove,
            _ => return Err(field(caller, "change")),
        };
        let now = self.site_now(caller, form.site).await?;
        let sight = self.sight(caller).await?;
        // Somebody out of sight gets no content, and looks like nobody.
        let is_seen = |user: &SiteUser| sight.as_ref().is_none_or(|it| it.sees_on(&user.name, &form.site));
        let wish = asked.wish(caller, &now, &form.assets_to, is_seen)?;
        let rows: Vec<SiteRow> = chosen(&now, &form.ids, &form.names)
            .into_iter()
            .map(|who| SiteRow::of(who, wish.clone()))
            .collect();
        let title = format!("{}: {}", title(&wish, &now.site_name()), people(rows.len()));
        let source = source(&form.names, "people chosen in the list of a site");
        self.make_site_plan(caller, now, title, source, rows).await
    }
}

/// What the form asks for, before the site was read.
enum Asked {
    Add(SiteRole, Option<SignInType>),
    Role(SiteRole),
    SignIn(SignInType),
    Remove,
}

impl Asked {
    fn wish(
        self,
        caller: &Caller,
        now: &SiteNow,
        assets_to: &str,
        is_seen: impl Fn(&SiteUser) -> bool,
    ) -> Result<SiteWish, Problem> {
        Ok(match self {
            Self::Add(role, sign_in) => SiteWish::Add { role, sign_in },
            Self::Role(role) => SiteWish::Role { role },
            Self::SignIn(sign_in) => SiteWish::SignIn { sign_in },
            Self::Remove => SiteWish::Remove { assets_to: heir(caller, now, assets_to, is_seen)? },
        })
    }
}

/// Who gets the content; nobody where the form names nobody.
fn heir(
    caller: &Caller,
    now: &SiteNow,
    text: &str,
    is_seen: impl Fn(&SiteUser) -> bool,
) -> Result<Option<Heir>, Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let who = SiteWho { id: SiteUserId::parse(text).ok(), name: text.to_owned() };
    let user = now.find(&who).filter(|user| is_seen(user)).ok_or_else(|| field(caller, "assets-to"))?;
    Ok(Some(Heir { user: user.id, name: user.name.clone() }))
}

fn title(wish: &SiteWish, site: &str) -> String {
    match wish {
        SiteWish::Add { role, .. } => format!("Add to {site} as {}", role.words()),
        SiteWish::Role { role } | SiteWish::Place { role, .. } => format!("{} on {site}", role.words()),
        SiteWish::SignIn { sign_in } => format!("Sign in with {} on {site}", sign_in.words()),
        SiteWish::Remove { assets_to: Some(heir) } => format!("Off {site}, content to {}", heir.name),
        SiteWish::Remove { assets_to: None } => format!("Off {site}"),
        SiteWish::Join { group_name, .. } => format!("Into {group_name}"),
        SiteWish::Leave { group_name, .. } => format!("Out of {group_name}"),
    }
}
