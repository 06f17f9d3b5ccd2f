//! What doors take: something of the caller's own, and something of somebody else's.

use model::TenantId;
use uuid::Uuid;

use super::door::{Door, Inner, Takes};
use crate::house::House;

impl Door {
    pub async fn own(&self, house: &House) -> String {
        let by_status = |status: &str| house.world().sites().into_iter().find(|site| site.status == status);
        match self.takes {
            Takes::Nothing => self.prepare(house),
            Takes::Token => {
                let name = Uuid::now_v7().to_string();
                let later = house.world().now() + std::time::Duration::from_secs(86_400);
                house.world().add_pat(&name, &name, later);
                house.world().manager_pat_id(&name).unwrap()
            }
            Takes::Site => by_status("Active").unwrap().id,
            Takes::SuspendedSite => by_status("Suspended").unwrap().id,
            Takes::Job => house.world().job("import-partial").unwrap(),
            Takes::Act => house.audit().await.swap_remove(0).act.to_string(),
            Takes::LostAct => house.lost_act(house.tenant(), &house.active_site().id, 0).await.to_string(),
            Takes::Operation => "site.suspend".to_owned(),
            Takes::Plan => house.own_plan().await,
            Takes::Conversion => house.own_conversion().await,
            Takes::Run => house.own_run().await,
            Takes::EndedRun => house.ended_run().await,
            Takes::Person => house.person().id,
            Takes::SeatHolder => house.seat_holder().id,
            Takes::Hook => house.with_hook().await,
            Takes::Account => house.account_standing("active").await,
            Takes::SuspendedAccount => house.account_standing("suspended").await,
            Takes::InvitedAccount => house.account_standing("invited").await,
            Takes::Grant => house.grant_in(house.tenant()).await,
            Takes::Deposit => house.grant_with_deposit().await,
            Takes::Approval => house.approval_in(house.tenant(), Uuid::now_v7()).await,
            Takes::OwnApproval => house.own_approval().await,
            Takes::Plane => house.connected_site().await.id,
            Takes::OnPlane(inner) => house.on_a_site(inner).await,
        }
    }

    /// Some changes need something to change.
    fn prepare(&self, house: &House) -> String {
        match self.path {
            "/api/tenant/terms" => house.world().forget_terms(),
            "/api/sign-on/change" => {
                house.world().set_oidc(r#"{"enabled":false,"knownProviderAlias":"Google"}"#);
            }
            "/api/sign-on/delete" => {
                house.world().set_oidc(r#"{"enabled":true,"knownProviderAlias":"Google"}"#);
            }
            _ => {}
        }
        String::new()
    }

    pub async fn foreign(&self, house: &House) -> String {
        match self.takes {
            Takes::Nothing => String::new(),
            Takes::Site | Takes::SuspendedSite | Takes::Plane | Takes::OnPlane(_) => {
                house.foreign_site().await
            }
            Takes::Job => house.foreign_job().await,
            Takes::Act | Takes::LostAct => house.foreign_act().await,
            Takes::Token => house.world().manager_pat_id("licence-report").unwrap(),
            Takes::Operation => "pat.login".to_owned(),
            Takes::Plan => house.foreign_plan().await,
            Takes::Conversion => house.foreign_conversion().await,
            Takes::Run | Takes::EndedRun => house.foreign_run().await,
            Takes::Grant | Takes::Deposit => house.grant_in(TenantId::from(Uuid::now_v7())).await,
            Takes::Approval | Takes::OwnApproval => {
                house.approval_in(TenantId::from(Uuid::now_v7()), Uuid::now_v7()).await
            }
            // Tableau tells of the people of its own tenant alone, and names no tenant with them.
            Takes::Person | Takes::SeatHolder => Uuid::now_v7().to_string(),
            Takes::Hook => String::new(),
            Takes::Account | Takes::SuspendedAccount | Takes::InvitedAccount => house.foreign_account().await,
        }
    }
}

impl House {
    /// Somebody with a seat who administers nothing.
    fn seat_holder(&self) -> simulator::PersonFacts {
        let plain = |role: &str| !role.starts_with("SiteAdministrator");
        let fits = |it: &simulator::PersonFacts| {
            it.tenant_role.is_none()
                && it.roles.iter().all(|place| plain(&place.role))
                && it.roles.iter().any(|place| place.role != "Unlicensed")
        };
        // Not the first: other doors protect that one.
        self.world().everyone().into_iter().rfind(fits).unwrap()
    }

    /// Sets an address for news; there is one for the tenant.
    async fn with_hook(&self) -> String {
        let ticket = Uuid::now_v7().to_string();
        let fields = [("url", "http://127.0.0.1:9/never"), ("ticket", ticket.as_str())];
        let set = self.sign_in().await.post("/licences/settings", "/licences/hook", &fields).await;
        assert_eq!(set.status.as_u16(), 200, "{}", set.words());
        String::new()
    }

    /// A connected site and something on it, as `site/id`.
    pub async fn on_a_site(&self, inner: Inner) -> String {
        let site = self.connected_site().await.id;
        let world = self.world();
        let group =
            world.groups(&site).into_iter().find(|group| group.members > 0 && group.name != "All Users");
        let inner = match inner {
            Inner::Group => group.unwrap().id,
            Inner::User => {
                // Somebody who is on every site, and another connected site.
                let other = self.active_sites().swap_remove(1);
                let (name, secret) = self.site_token(&other.id);
                self.sign_in().await.connect_site(&other.id, &name, &secret).await;
                self.first_on(&site, "users?q=milo.brandt").await
            }
            Inner::Set => {
                let visitor = self.sign_in().await;
                let sets = format!("/sites/{site}/sets");
                let ticket = visitor.get(&sets).await.field("ticket");
                let fields =
                    [("site", site.as_str()), ("ticket", &ticket), ("change", "create"), ("name", &ticket)];
                let sent = visitor.submit(&sets, "/api/plane/set", &fields).await;
                let path = sent.post.location().split('?').next().unwrap().to_owned();
                path.rsplit('/').next().unwrap().to_owned()
            }
            Inner::Job => self.first_on(&site, "jobs").await,
        };
        format!("{site}/{inner}")
    }

    /// The first row of a list of a site.
    pub async fn first_on(&self, site: &str, list: &str) -> String {
        let page = self.sign_in().await.get(&format!("/sites/{site}/{list}")).await;
        let mark = format!("/sites/{site}/{}/", list.split('?').next().unwrap());
        let found = page.body.split(&mark).nth(1).unwrap_or_else(|| panic!("no {list}: {}", page.words()));
        found.split('"').next().unwrap().to_owned()
    }
}
