//! The licence counts against the list of people, counted again by the vendor's rules.

use std::collections::HashMap;

use serde_json::Value;

use crate::house::House;

#[derive(Debug, Default, PartialEq, Eq)]
struct Count {
    users: u64,
    administrators: u64,
    creators: u64,
    explorers: u64,
    viewers: u64,
    unlicensed: u64,
}

impl Count {
    fn add(&mut self, role: &str) {
        self.users += 1;
        self.administrators += u64::from(role.starts_with("SiteAdministrator"));
        match role {
            "Creator" | "SiteAdministratorCreator" => self.creators += 1,
            "Explorer" | "ExplorerCanPublish" | "SiteAdministratorExplorer" => self.explorers += 1,
            "Viewer" => self.viewers += 1,
            "Unlicensed" => self.unlicensed += 1,
            other => panic!("{other} is no role"),
        }
    }

    fn of(answer: &Value) -> Self {
        let number = |key: &str| answer[key].as_u64().unwrap_or_default();
        Self {
            users: number("userCount"),
            administrators: number("siteAdminCount"),
            creators: number("creators"),
            explorers: number("explorers"),
            viewers: number("viewers"),
            unlicensed: number("unlicensed"),
        }
    }
}

#[tokio::test]
async fn every_count_is_what_the_roles_of_the_people_add_up_to() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let mut tenant = Count::default();
    let mut sites: HashMap<String, Count> = HashMap::new();
    for user in visitor.everyone("").await {
        for role in user["siteRoles"].as_array().unwrap() {
            let site = role["siteId"].as_str().unwrap().to_owned();
            sites.entry(site).or_default().add(role["siteRole"].as_str().unwrap());
        }
        if let Some(highest) = user["maxSiteRole"].as_str() {
            tenant.add(highest);
        }
    }
    let all = visitor.read(&visitor.tenant("/aggregates/sites")).await;
    assert_eq!(all["allSites"].as_array().unwrap().len(), 12);
    for told in all["allSites"].as_array().unwrap() {
        let id = told["siteId"].as_str().unwrap();
        assert_eq!(Count::of(told), sites.remove(id).unwrap_or_default());
        let alone = visitor.read(&visitor.tenant(&format!("/aggregates/sites/{id}"))).await;
        assert_eq!(&alone, told);
    }
    let told = Count::of(&visitor.read(&visitor.tenant("/aggregates/licenses")).await);
    assert_eq!(told, Count { users: 0, administrators: 0, ..tenant });
}

#[tokio::test]
async fn the_sites_add_up_to_more_than_the_tenant() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let all = visitor.read(&visitor.tenant("/aggregates/sites")).await;
    let tenant = visitor.read(&visitor.tenant("/aggregates/licenses")).await;
    for tier in ["creators", "viewers"] {
        let sites = all["allSites"].as_array().unwrap();
        let sum: u64 = sites.iter().map(|site| site[tier].as_u64().unwrap()).sum();
        assert!(sum > tenant[tier].as_u64().unwrap(), "{tier}");
    }
}

#[tokio::test]
async fn a_suspended_site_keeps_its_people_in_every_count() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let before = visitor.read(&visitor.tenant("/aggregates/sites")).await;
    let tenant = visitor.read(&visitor.tenant("/aggregates/licenses")).await;
    visitor.ask(reqwest::Method::DELETE, &visitor.site("Finance", "")).await;
    assert_eq!(visitor.read(&visitor.tenant("/aggregates/sites")).await, before);
    assert_eq!(visitor.read(&visitor.tenant("/aggregates/licenses")).await, tenant);
}

#[tokio::test]
async fn an_administrator_of_the_tenant_without_a_site_uses_no_licence() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let dana = &visitor.everyone("email=dana.ito%40example.com").await[0];
    assert_eq!(dana["tcmRoleName"], "TCM_ADMIN");
    assert!(dana["maxSiteRole"].is_null());
    let with_role = visitor.everyone("").await.iter().filter(|user| user["numberOfSiteRoles"] != 0).count();
    let tenant = visitor.read(&visitor.tenant("/aggregates/licenses")).await;
    let counted: u64 = tenant.as_object().unwrap().values().map(|value| value.as_u64().unwrap()).sum();
    assert_eq!(counted, with_role as u64);
}

#[tokio::test]
async fn one_site_has_exactly_as_many_creators_as_it_may() {
    let house = House::start().await;
    let full = house.world().site("Sales APAC").unwrap();
    let count = house.world().site_licences(&full.id).unwrap();
    assert_eq!(full.limits.creator, Some(count.creators));
    assert_eq!(house.world().tenant_licences().users, count_people_with_roles(&house).await);
}

async fn count_people_with_roles(house: &House) -> u32 {
    let visitor = house.sign_in().await;
    let everyone = visitor.everyone("").await;
    everyone.iter().filter(|user| user["maxSiteRole"].is_string()).count() as u32
}
