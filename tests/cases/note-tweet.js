window.YTD.note_tweet.part0 = [
 {
  "noteTweet": {
   "noteTweetId": "1768357000000000009",
   "updatedAt": "2024-03-14T20:05:11.000Z",
   "lifecycle": {
    "value": "3",
    "name": "Published",
    "originalName": "Published",
    "annotations": {}
   },
   "createdAt": "2024-03-14T20:05:11.000Z",
   "core": {
    "styletags": [],
    "urls": [
     {
      "expandedUrl": "https://marsa.example/n/2",
      "fromIndex": "1",
      "shortUrl": "https://t.co/nnn",
      "displayUrl": "marsa.example"
     }
    ],
    "text": "افتتح رئيس بلدية المرسى خالد الدوسري صباح الأحد سوق الخضار الجديد بعد أعمال بناء استمرت سنة ونصف السنة.\n\nوقال الدوسري إن السوق يضم ستين متجرا، وإن العمل في المرحلة الثانية سيبدأ في الربيع.\n\nأعلنت هيئة الأرصاد في دمنار أن أمطارا غزيرة ستهطل على الساحل مساء الثلاثاء، ودعت الصيادين إلى البقاء في الميناء. https://t.co/nnn",
    "mentions": [],
    "cashtags": [],
    "hashtags": [
     {
      "text": "المرسى"
     }
    ]
   }
  }
 }
];