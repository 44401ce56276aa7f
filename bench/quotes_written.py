"""Short articles written for this bench, in languages that no annotated corpus is at hand for, near misses among them.

Each has the words in marks that somebody says (none in a near miss) and a part of the speaker, None where it names
nobody. Those at even places are for writing rules, those at odd places for figures.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bench.rows import Row
from inchorus.quote.document import quotations
from inchorus.quote.language import language


class Written(NamedTuple):
    """An article, what is quoted in it, and part of who says it."""

    text: str
    quoted: tuple[str, ...]
    speaker: str | None = None


FRENCH = [
    Written("« Le pont est sûr », a déclaré Ada Frêne.", ("Le pont est sûr",), "Ada Frêne"),
    Written("Selon Ada Frêne, « personne ne paiera deux fois ».", ("personne ne paiera deux fois",), "Ada Frêne"),
    Written(
        "La maire d’Aubry a affirmé lundi : « Nous réparerons le toit. »", ("Nous réparerons le toit.",), "La maire"
    ),
    Written("« Nous réparerons le toit », promet la maire d’Aubry.", ("Nous réparerons le toit",), "la maire"),
    Written("“Le marché restera ouvert”, assure-t-elle.", ("Le marché restera ouvert",), "elle"),
    Written("Paul Orme dénonce « une décision prise sans nous ».", ("une décision prise sans nous",), "Paul Orme"),
    Written("Il a lu « Les Chemins du Nord » dans le train de Lille.", ()),
    Written("Le film « Nuit blanche » est à l’affiche depuis trois semaines.", ()),
    Written("Les soi-disant « experts » sont venus dans la salle avec une carte.", ()),
    Written("L’association « Un toit pour tous » tient un stand sur la place.", ()),
    Written(
        "Paul Orme, président du comité, a répondu : « La route coûte trop cher. »",
        ("La route coûte trop cher.",),
        "Paul Orme",
    ),
    Written(
        "« La route, a expliqué Paul Orme, coûte trop cher. » Il pleuvait.",
        ("La route", "coûte trop cher."),
        "Paul Orme",
    ),
    Written("« Où est passé l’argent ? », s’interroge un habitant.", ("Où est passé l’argent ?",), "un habitant"),
    Written("D’après le préfet, la digue est « dans un état inquiétant ».", ("dans un état inquiétant",), "le préfet"),
    Written("— Le pont est sûr, dit Ada Frêne.", ("Le pont est sûr",), "Ada Frêne"),
    Written("— Qui paiera la digue ? demanda le préfet.", ("Qui paiera la digue ?",), "le préfet"),
    Written(
        "Dans un communiqué, le syndicat regrette « un manque de dialogue ».", ("un manque de dialogue",), "le syndicat"
    ),
    Written(
        "Pour Paul Orme, « le village a besoin de cette école ».", ("le village a besoin de cette école",), "Paul Orme"
    ),
    Written('La halle est longue de 12" et l’aujourd’hui n’est pas d’hier.', ()),
    Written("La rue dite « des Lilas » sera fermée jusqu’à mardi.", ()),
]
SPANISH = [
    Written("«El puente es seguro», dijo Ada Fresno.", ("El puente es seguro",), "Ada Fresno"),
    Written("Según Ada Fresno, “nadie pagará dos veces”.", ("nadie pagará dos veces",), "Ada Fresno"),
    Written(
        "La alcaldesa de Robleda afirmó el lunes: “Vamos a reparar el techo”.",
        ("Vamos a reparar el techo",),
        "La alcaldesa",
    ),
    Written("“Vamos a reparar el techo”, prometió la alcaldesa.", ("Vamos a reparar el techo",), "la alcaldesa"),
    Written("“El mercado seguirá abierto”, aseguró.", ("El mercado seguirá abierto",), None),
    Written(
        "Pablo Olmo denunció “una decisión tomada sin nosotros”.", ("una decisión tomada sin nosotros",), "Pablo Olmo"
    ),
    Written("Leyó “Los caminos del norte” en el tren de Sevilla.", ()),
    Written("La película “Noche blanca” lleva tres semanas en cartel.", ()),
    Written("Los llamados “expertos” llegaron a la sala con un mapa.", ()),
    Written("La asociación “Un techo para todos” tiene un puesto en la plaza.", ()),
    Written(
        "Pablo Olmo, presidente del comité, respondió: “La carretera cuesta demasiado”.",
        ("La carretera cuesta demasiado",),
        "Pablo Olmo",
    ),
    Written(
        "“La carretera”, explicó Pablo Olmo, “cuesta demasiado”. Llovía.",
        ("La carretera", "cuesta demasiado"),
        "Pablo Olmo",
    ),
    Written("“¿Dónde está el dinero?”, se pregunta un vecino.", ("¿Dónde está el dinero?",), "un vecino"),
    Written(
        "De acuerdo con el gobernador, el dique está “en un estado preocupante”.",
        ("en un estado preocupante",),
        "el gobernador",
    ),
    Written(
        "—El puente es seguro —dijo Ada Fresno—. Nadie pagará dos veces.",
        ("El puente es seguro", "Nadie pagará dos veces."),
        "Ada Fresno",
    ),
    Written("—¿Quién pagará el dique? —preguntó el gobernador.", ("¿Quién pagará el dique?",), "el gobernador"),
    Written(
        "En un comunicado, el sindicato lamenta “una falta de diálogo”.", ("una falta de diálogo",), "el sindicato"
    ),
    Written("Pablo Olmo insistió en que el pueblo “necesita esta escuela”.", ("necesita esta escuela",), "Pablo Olmo"),
    Written('La tubería de 12" pasa bajo la calle “Los Lirios”.', ()),
    Written("El barco “Estrella del Sur” trajo veinte cajas de té.", ()),
]
RUSSIAN = [
    Written("«Мост безопасен», — сказала Ада Ясенева.", ("Мост безопасен",), "Ада Ясенева"),
    Written("По словам Ады Ясеневой, «никто не заплатит дважды».", ("никто не заплатит дважды",), "Ады Ясеневой"),
    Written("Мэр Дубровки заявил в понедельник: «Мы починим крышу».", ("Мы починим крышу",), "Мэр"),
    Written("«Мы починим крышу», — пообещал мэр Дубровки.", ("Мы починим крышу",), "мэр"),
    Written("«Рынок останется открытым», — добавила она.", ("Рынок останется открытым",), "она"),
    Written("Павел Вязов назвал план «решением, принятым без нас».", ("решением, принятым без нас",), "Павел Вязов"),
    Written("Он прочёл книгу «Дороги севера» в поезде.", ()),
    Written("Фильм «Белая ночь» идёт третью неделю.", ()),
    Written("Так называемые «эксперты» пришли в зал с картой.", ()),
    Written("Общество «Крыша для всех» стоит на площади с лотком.", ()),
    Written(
        "Павел Вязов, председатель комитета, ответил: «Дорога стоит слишком дорого».",
        ("Дорога стоит слишком дорого",),
        "Павел Вязов",
    ),
    Written(
        "«Дорога, — объяснил Павел Вязов, — стоит слишком дорого». Шёл дождь.",
        ("Дорога", "стоит слишком дорого"),
        "Павел Вязов",
    ),
    Written("«Где деньги?» — спрашивает житель.", ("Где деньги?",), "житель"),
    Written(
        "Как сообщил губернатор, плотина находится «в тревожном состоянии».", ("в тревожном состоянии",), "губернатор"
    ),
    Written(
        "— Мост безопасен, — сказала Ада Ясенева. — Никто не заплатит дважды.",
        ("Мост безопасен", "Никто не заплатит дважды."),
        "Ада Ясенева",
    ),
    Written("— Кто заплатит за плотину? — спросил губернатор.", ("Кто заплатит за плотину?",), "губернатор"),
    Written("В заявлении профсоюз сожалеет о «нехватке диалога».", ("нехватке диалога",), "профсоюз"),
    Written("Павел Вязов подчеркнул, что деревне «нужна эта школа».", ("нужна эта школа",), "Павел Вязов"),
    Written("Газета «Северный вестник» вышла с пустой полосой.", ()),
    Written("Судно «Звезда юга» привезло двадцать ящиков чая.", ()),
]
ARABIC = [
    Written("قالت هند الزيتوني: «الجسر آمن للجميع».", ("الجسر آمن للجميع",), "هند الزيتوني"),
    Written("وفقا لهند الزيتوني، «لن يدفع أحد مرتين».", ("لن يدفع أحد مرتين",), "هند الزيتوني"),
    Written('وأكد رئيس البلدية يوم الاثنين: "سوف نصلح السقف".', ("سوف نصلح السقف",), "رئيس البلدية"),
    Written("«سوف نصلح السقف»، قال رئيس البلدية.", ("سوف نصلح السقف",), "رئيس البلدية"),
    Written("وأضافت: «ستبقى السوق مفتوحة».", ("ستبقى السوق مفتوحة",), None),
    Written("ووصف كريم السروي الخطة بأنها «قرار اتخذ من دوننا».", ("قرار اتخذ من دوننا",), "كريم السروي"),
    Written("قرأ كتاب «طرق الشمال» في القطار.", ()),
    Written("يعرض فيلم «ليلة بيضاء» منذ ثلاثة أسابيع.", ()),
    Written("جاء ما يسمى «خبراء» إلى القاعة ومعهم خريطة.", ()),
    Written("تقيم جمعية «سقف للجميع» خيمة في الساحة.", ()),
    Written("ورد كريم السروي، رئيس اللجنة، قائلا: «الطريق مكلفة جدا».", ("الطريق مكلفة جدا",), "كريم السروي"),
    Written("وصرح الوزير للصحفيين بأن السد «في حالة مقلقة».", ("في حالة مقلقة",), "الوزير"),
    Written("وتساءل أحد السكان: «أين ذهب المال؟».", ("أين ذهب المال؟",), "أحد السكان"),
    Written("وقال المحافظ إن السد «في حالة مقلقة للغاية».", ("في حالة مقلقة للغاية",), "المحافظ"),
    Written("وأعلنت النقابة في بيان: «نأسف لغياب الحوار».", ("نأسف لغياب الحوار",), "النقابة"),
    Written("بحسب النقابة، «لا حوار مع الوزارة».", ("لا حوار مع الوزارة",), "النقابة"),
    Written("وشدد كريم السروي على أن القرية «تحتاج إلى هذه المدرسة».", ("تحتاج إلى هذه المدرسة",), "كريم السروي"),
    Written("وأوضح المتحدث أن الأموال «لم تصل بعد».", ("لم تصل بعد",), "المتحدث"),
    Written("نقلت سفينة «نجمة الجنوب» عشرين صندوقا من الشاي.", ()),
    Written("صدرت صحيفة «بريد الشمال» بصفحة بيضاء.", ()),
]
PERSIAN = [
    Written("هما سروی گفت: «پل برای همه امن است.»", ("پل برای همه امن است.",), "هما سروی"),
    Written("به گفته هما سروی، «هیچ‌کس دو بار پول نمی‌دهد».", ("هیچ‌کس دو بار پول نمی‌دهد",), "هما سروی"),
    Written("شهردار روز دوشنبه تاکید کرد: «سقف را تعمیر می‌کنیم.»", ("سقف را تعمیر می‌کنیم.",), "شهردار"),
    Written("«سقف را تعمیر می‌کنیم»، شهردار گفت.", ("سقف را تعمیر می‌کنیم",), "شهردار"),
    Written("او افزود: «بازار باز می‌ماند.»", ("بازار باز می‌ماند.",), "او"),
    Written("کیان نارونی این طرح را «تصمیمی بدون ما» خواند.", ("تصمیمی بدون ما",), "کیان نارونی"),
    Written("او کتاب «راه‌های شمال» را در قطار خواند.", ()),
    Written("فیلم «شب سفید» سه هفته است که نمایش داده می‌شود.", ()),
    Written("به اصطلاح «کارشناسان» با یک نقشه به سالن آمدند.", ()),
    Written("انجمن «سقفی برای همه» در میدان غرفه دارد.", ()),
    Written("کیان نارونی، رئیس کمیته، پاسخ داد: «جاده خیلی گران است.»", ("جاده خیلی گران است.",), "کیان نارونی"),
    Written("وزیر به خبرنگاران گفت که سد «در وضعیت نگران‌کننده» است.", ("در وضعیت نگران‌کننده",), "وزیر"),
    Written("یکی از ساکنان پرسید: «پول کجا رفت؟»", ("پول کجا رفت؟",), "یکی از ساکنان"),
    Written("استاندار اعلام کرد: «سد در وضعیت نگران‌کننده‌ای است.»", ("سد در وضعیت نگران‌کننده‌ای است.",), "استاندار"),
    Written("اتحادیه در بیانیه‌ای نوشت: «از نبود گفتگو متاسفیم.»", ("از نبود گفتگو متاسفیم.",), "اتحادیه"),
    Written("به گزارش اتحادیه، «گفتگویی با وزارتخانه در کار نیست».", ("گفتگویی با وزارتخانه در کار نیست",), "اتحادیه"),
    Written("کیان نارونی تصریح کرد که روستا «به این مدرسه نیاز دارد».", ("به این مدرسه نیاز دارد",), "کیان نارونی"),
    Written("سخنگو توضیح داد که پول «هنوز نرسیده است».", ("هنوز نرسیده است",), "سخنگو"),
    Written("کشتی «ستاره جنوب» بیست جعبه چای آورد.", ()),
    Written("روزنامه «پیک شمال» با یک صفحه سفید منتشر شد.", ()),
]
ARTICLES = {"fr": FRENCH, "es": SPANISH, "ru": RUSSIAN, "ar": ARABIC, "fa": PERSIAN}
_OUTER = " \u00a0\u202f.,،"


def failures(code: str, which: int) -> Iterator[tuple[str, Written, object]]:
    """What goes wrong in one half of a language: `quoted` or `speaker`, the article, what was found."""
    for article in ARTICLES[code][which::2]:
        found = [q for q in quotations(article.text, language(code)) if q.direct]
        pieces = [article.text[a:b].strip(_OUTER) for q in found for a, b in q.spans]
        if pieces != [piece.strip(_OUTER) for piece in article.quoted]:
            yield "quoted", article, pieces
        if article.quoted:
            said = found[0].speaker if found else None
            who = None if said is None else article.text[slice(*said)]
            right = bool(found) and (who is None) == (article.speaker is None)
            if not right or (who is not None and article.speaker is not None and article.speaker not in who):
                yield "speaker", article, who


def measure(which: int = 1) -> Iterator[Row]:
    """Shares of articles whose quotations are exactly those in them, and whose speakers are right."""
    for code, articles in ARTICLES.items():
        half = articles[which::2]
        quoted = [article for article in half if article.quoted]
        wrong = [kind for kind, _, _ in failures(code, which)]
        yield Row("written articles, quotations right", f"written_{code}", 1 - wrong.count("quoted") / len(half))
        yield Row("written articles, speaker right", f"written_{code}", 1 - wrong.count("speaker") / len(quoted))
