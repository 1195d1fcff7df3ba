# 排练时编辑录像：为何不能修改，以及修改之外还发生了什么。

edit-no-step = 没有第 { $step } 步，录像共 { $count } 步；请选择其中一步
edit-snapshot = 第 { $step } 步是整体状态；请修改它之前或之后的事件
edit-not-an-event = 第 { $step } 步不是计分系统的事件；可以删除或推迟，不能修改内容
edit-far = 相隔 { $hours } 小时；一次最多移动一天
edit-joins = 删去第 { $step } 步，“{ $epoch }”的两段录像就会连在一起；请整段删除其中一段
edit-clamped = 时间不能倒退：要求移动 { $wanted } 毫秒，实际移动 { $got } 毫秒
edit-dangling = 事件 { $seq } 的 `{ $field }` 所指的事件已不存在；已取消
edit-ignored = 这个事件没有字段 `{ $field }`；已略去
edit-closed = 原录像缺少事件 { $from } 至 { $to }；编号在此接上
edit-replaced = 第 { $step } 步会替换整体状态；修改在它之后不起作用
