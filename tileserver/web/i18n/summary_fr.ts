// The words of the council's summary in French, which comes first.

export const summaryFrench = {
  locale: "fr-FR",
  lang: "fr",
  title: "Synthèse des contributions",
  subtitle: (edition: string, stage: string) => `${edition} — ${stage}`,
  workingDocument: "Document de travail : cette édition n’est pas validée.",
  printed: (date: string) => `État au ${date}. Seules les contributions publiées sont comptées ; aucune donnée personnelle n’est conservée.`,
  none: "Aucune contribution n’est publiée pour cette édition.",
  noConsultation: "Ce serveur ne reçoit pas de contributions : l’atlas n’a pas de « store ».",
  total: (count: number) => (count > 1 ? `${count} contributions publiées` : `${count} contribution publiée`),
  period: (first: string, last: string) => (first === last ? `reçues le ${first}` : `reçues du ${first} au ${last}`),
  quartersConcerned: (count: number) => (count > 1 ? `sur ${count} quartiers` : `sur ${count} quartier`),
  byTheme: "Par thème",
  byQuarter: "Par quartier",
  crossed: "Par quartier et par thème",
  map: "Où sont les contributions",
  mapText: (most: string) => `Carte des quartiers ; un disque par lieu, d’autant plus grand qu’il y a de contributions. Les plus nombreuses : ${most}. Le tableau par quartier donne tous les nombres.`,
  barsText: (what: string, rows: string) => `Diagramme en barres : ${what}. ${rows}.`,
  theme: "Thème",
  quarter: "Quartier",
  count: "Nombre",
  share: "Part",
  sum: "Total",
  place: "Un lieu sur la carte",
  remarks: "Les contributions",
  print: "Imprimer",
  data: "Données : ",
};

export type SummaryTexts = typeof summaryFrench;
