package dev.weir.template.jinja.syntax;

import java.util.EnumSet;
import java.util.Set;

/** What a token is; operators carry the text that stands for them in messages. */
enum Kind {
  DATA("text"),
  VARIABLE_BEGIN("'{{'"),
  VARIABLE_END("'}}'"),
  BLOCK_BEGIN("'{%'"),
  BLOCK_END("'%}'"),
  NAME("name"),
  STRING("string"),
  INTEGER("integer"),
  FLOAT("float"),
  POW("'**'"),
  FLOORDIV("'//'"),
  EQ("'=='"),
  NE("'!='"),
  GTEQ("'>='"),
  LTEQ("'<='"),
  ADD("'+'"),
  SUB("'-'"),
  DIV("'/'"),
  MUL("'*'"),
  MOD("'%'"),
  TILDE("'~'"),
  LBRACKET("'['"),
  RBRACKET("']'"),
  LPAREN("'('"),
  RPAREN("')'"),
  LBRACE("'{'"),
  RBRACE("'}'"),
  GT("'>'"),
  LT("'<'"),
  ASSIGN("'='"),
  DOT("'.'"),
  COLON("':'"),
  PIPE("'|'"),
  COMMA("','"),
  SEMICOLON("';'"),
  EOF("end of template");

  /** Longer ones first. */
  private static final Set<Kind> OPERATORS = EnumSet.range(POW, SEMICOLON);

  private final String shown;

  Kind(String shown) {
    this.shown = shown;
  }

  /** How it is called in messages. */
  String shown() {
    return shown;
  }

  /** The characters of an operator. */
  String symbol() {
    return shown.substring(1, shown.length() - 1);
  }

  /** The longest operator that starts here, or {@link #EOF} where none does. */
  static Kind operatorAt(String text, int index) {
    for (Kind kind : OPERATORS) {
      if (text.startsWith(kind.symbol(), index)) {
        return kind;
      }
    }
    return EOF;
  }
}
